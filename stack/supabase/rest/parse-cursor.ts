import { refuseSyntax } from "./api-error";

const IDENTIFIER = /[\p{L}\p{N}_ $]+(?:-(?!>)[\p{L}\p{N}_ $]*)*/uy;
const QUOTED = /"((?:[^"\\]|\\.)*)"/suy;

/** Nesting a request may use; deeper ones would only test the stack. */
const MAX_DEPTH = 16;

/** A place in a piece of request text, with the few moves every part of the grammar is made of. */
export class Cursor {
  private at = 0;
  private depth = 0;

  /** @param what names the text in error messages. */
  constructor(
    readonly text: string,
    private readonly what: string,
  ) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  /** Steps over `token` if it comes next. */
  take(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail();
  }

  /** Steps over what a sticky (`y`) pattern matches here. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found ?? undefined;
  }

  takeRest(): string {
    const rest = this.text.slice(this.at);
    this.at = this.text.length;
    return rest;
  }

  /** `"quoted, with \" escapes"`, unescaped. */
  takeQuoted(): string | undefined {
    return this.match(QUOTED)?.[1]?.replace(/\\(.)/gs, "$1");
  }

  /** A column, table or alias name: quoted, or letters, digits, `_`, `$`, spaces and dashes. */
  takeName(): string {
    const name = this.takeQuoted() ?? this.match(IDENTIFIER)?.[0].trim();
    return name || this.fail();
  }

  /** Tries a reading and steps back if it does not fit. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.at;
    const result = read();
    if (result === undefined) this.at = start;
    return result;
  }

  /** Items separated by commas, at least one. */
  takeList<T>(readItem: () => T): T[] {
    const items = [readItem()];
    while (this.take(",")) items.push(readItem());
    return items;
  }

  nest<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw refuseSyntax(`${this.what}: nested too deeply`);
    const result = read();
    this.depth--;
    return result;
  }

  expectEnd(): void {
    if (!this.done) this.fail();
  }

  fail(details?: string): never {
    const near = this.text.slice(this.at, this.at + 40);
    throw refuseSyntax(
      `${this.what} (${this.text})`,
      details ?? (near ? `unexpected "${near}"` : "unexpected end of input"),
    );
  }
}
