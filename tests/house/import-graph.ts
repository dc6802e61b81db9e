import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "oxc-parser";

/** One import as it stands in a file: from, to (both paths from the root, with endings). */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

const SOURCE = /\.(?:ts|tsx|mts|mjs)$/;
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".mjs", "/index.ts", "/index.tsx"];

/** Files of the checkout git knows or would take, as paths from its root. */
export function listFiles(root: string): string[] {
  const out = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root });
  return out
    .toString()
    .split("\n")
    .filter((file) => file && existsSync(path.join(root, file)));
}

/** Every import between files of the checkout: static, dynamic, re-exported, of types alone, `require`, and mocks. */
export function readArrows(root: string, files = listFiles(root)): Arrow[] {
  const known = new Set(files.filter((file) => SOURCE.test(file)));
  return files
    .filter((file) => SOURCE.test(file))
    .flatMap((from) =>
      findImports(from, readFileSync(path.join(root, from), "utf8")).flatMap((specifier) => {
        const to = resolve(from, specifier, known);
        return to ? [{ from, to }] : [];
      }),
    );
}

/** What a file's text imports, as it is written there. */
export function findImports(file: string, text: string): string[] {
  const { module, program } = parseSync(file, text);
  const found = [
    ...module.staticImports.map((item) => item.moduleRequest.value),
    ...module.staticExports.flatMap((item) =>
      item.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    // A dynamic import's argument is an expression; only a plain string can be followed.
    ...module.dynamicImports.flatMap(({ moduleRequest }) =>
      readLiteral(text.slice(moduleRequest.start, moduleRequest.end)),
    ),
    ...[...text.matchAll(/\b(?:require|mock|doMock|importActual(?:<[^>]*>)?)\(\s*["']([^"']+)["']/g)].flatMap(
      (match) => match[1] ?? [],
    ),
  ];
  JSON.stringify(program, (_, node: unknown) => {
    if (isTypeImport(node)) found.push(node.source.value);
    return node;
  });
  return [...new Set(found)];
}

function readLiteral(source: string): string[] {
  const match = /^(["'`])([^"'`$]+)\1$/.exec(source.trim());
  return match?.[2] ? [match[2]] : [];
}

function isTypeImport(node: unknown): node is { source: { value: string } } {
  return (
    typeof node === "object" &&
    node !== null &&
    "type" in node &&
    node.type === "TSImportType" &&
    "source" in node &&
    typeof node.source === "object"
  );
}

function resolve(from: string, specifier: string, known: ReadonlySet<string>): string | undefined {
  const target = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier))
      : undefined;
  if (target === undefined) return undefined;
  const plain = target.replace(/\.(m?)js$/, ".$1ts");
  return [...ENDINGS.map((ending) => target + ending), plain].find((file) => known.has(file));
}
