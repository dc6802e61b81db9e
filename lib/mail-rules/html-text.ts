import { type CheerioAPI, load } from "cheerio";
import { cutText, MAX_BODY_CHARS, MAX_HTML_CHARS, MAX_HTML_TAGS } from "@/lib/files/text-limits";

type Node = ReturnType<CheerioAPI["root"]>[number]["children"][number];
type Element = Extract<Node, { attribs: unknown }>;

/** What an element is to a reader of the reply: told by `strip-html.ts`, unknown here. */
export type ElementRole = "content" | "quote" | "boundary" | "skip";

/** Starts every line that stood inside a quoting element; a private-use character no mail contains. */
export const QUOTE_MARK = "\ue001";
/** Alone on a line: everything below is the quoted mail. */
export const BOUNDARY_MARK = "\ue002";

const UNSEEN = new Set([
  "head",
  "style",
  "script",
  "title",
  "template",
  "noscript",
  "svg",
  "object",
  "iframe",
]);
const BLOCKS = new Set(
  "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul".split(
    " ",
  ),
);
const SPACED = new Set(["p", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote", "table"]);

interface Step {
  node: Node;
  leaving: boolean;
}

/**
 * Text of an HTML body as a person would read it, one line per block. Nothing is fetched, run or kept as markup.
 * Walks with its own stack, so depth costs no call stack; input over 500,000 characters or 30,000 tags is cut.
 */
export function htmlToText(
  html: string,
  roleOf: (element: Element) => ElementRole = () => "content",
): string {
  const writer = new LineWriter();
  const clean = withFewTags(cutText(html, MAX_HTML_CHARS)).replace(/[\ue001\ue002]/g, "");
  const steps: Step[] = [...load(clean, { xml: { xmlMode: false, decodeEntities: true } }).root()]
    .flatMap((root) => root.children)
    .reverse()
    .map((node) => ({ node, leaving: false }));
  for (let step = steps.pop(); step && writer.hasRoom(); step = steps.pop()) {
    const { node } = step;
    if (node.type === "text") writer.write(node.data);
    if (!("attribs" in node)) continue;
    const role = roleOf(node);
    if (role === "skip" || UNSEEN.has(node.name)) continue;
    if (step.leaving) {
      leaveElement(writer, node.name, role);
      continue;
    }
    enterElement(writer, node, role);
    steps.push({ node, leaving: true });
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child) steps.push({ node: child, leaving: false });
    }
  }
  return writer.text();
}

export type { Element as HtmlElement };

function enterElement(writer: LineWriter, element: Element, role: ElementRole): void {
  const { name } = element;
  if (BLOCKS.has(name)) writer.newLine();
  if (role === "boundary") writer.line(BOUNDARY_MARK);
  if (role === "quote") writer.quoteDepth += 1;
  if (name === "br") writer.breakLine();
  if (name === "hr") writer.line("________________________________");
  if (name === "li") writer.write("* ");
  if (name === "td" || name === "th") writer.write(" ");
  if (name === "pre") writer.preDepth += 1;
}

function leaveElement(writer: LineWriter, name: string, role: ElementRole): void {
  if (BLOCKS.has(name)) writer.newLine();
  if (role === "quote") writer.quoteDepth = Math.max(0, writer.quoteDepth - 1);
  if (SPACED.has(name)) writer.blankLine();
  if (name === "pre") writer.preDepth = Math.max(0, writer.preDepth - 1);
}

/** Collects lines; white space collapses as HTML says (CSS 2.2, 16.6.1) except inside pre. */
class LineWriter {
  quoteDepth = 0;
  preDepth = 0;
  #lines: string[] = [];
  /** The open line in pieces: asking a growing string for its end copies it every time. */
  #pieces: string[] = [];
  #isBlank = true;
  #endsInSpace = true;
  #length = 0;

  hasRoom(): boolean {
    return this.#length < MAX_BODY_CHARS;
  }

  write(text: string): void {
    if (this.preDepth > 0) {
      text.split(/\r?\n/).forEach((part, index) => {
        if (index > 0) this.breakLine();
        this.#append(part);
      });
      return;
    }
    const collapsed = text.replace(/[ \t\r\n\f]+/g, " ");
    this.#append(this.#endsInSpace ? collapsed.replace(/^ /, "") : collapsed);
  }

  newLine(): void {
    if (!this.#isBlank) this.breakLine();
    else this.#clear();
  }

  breakLine(): void {
    const mark = this.quoteDepth > 0 ? QUOTE_MARK : "";
    this.#lines.push(mark + this.#pieces.join("").trimEnd());
    this.#length += 1;
    this.#clear();
  }

  line(text: string): void {
    this.newLine();
    this.#append(text);
    this.breakLine();
  }

  blankLine(): void {
    this.newLine();
    const last = this.#lines.at(-1);
    if (last !== undefined && last !== "" && last !== QUOTE_MARK) this.breakLine();
  }

  text(): string {
    this.newLine();
    return this.#lines.join("\n").replace(/\n{4,}/g, "\n\n\n");
  }

  #append(text: string): void {
    if (text === "") return;
    this.#pieces.push(text);
    this.#length += text.length;
    this.#endsInSpace = text.endsWith(" ");
    if (this.#isBlank && text.trim() !== "") this.#isBlank = false;
  }

  #clear(): void {
    this.#pieces = [];
    this.#isBlank = true;
    this.#endsInSpace = true;
  }
}

/** Cuts before the tag that is one too many. */
function withFewTags(html: string): string {
  let at = -1;
  for (let tags = 0; tags <= MAX_HTML_TAGS; tags += 1) {
    at = html.indexOf("<", at + 1);
    if (at < 0) return html;
  }
  return html.slice(0, at);
}
