// biome-ignore-all lint/suspicious/noShadowRestrictedNames: these are the declarations of those very names.
/**
 * What Windows Script Host's JScript (ES3) offers, and nothing more: there is no JSON, no trim, no forEach, no
 * Object.keys. The TypeScript library is left out, so that a call which exists only in newer engines does not compile.
 */
declare global {
  interface Array<T> {
    readonly length: number;
    [index: number]: T;
    join(separator?: string): string;
    push(item: T): number;
  }
  interface ReadonlyArray<T> {
    readonly length: number;
    readonly [index: number]: T;
    join(separator?: string): string;
  }
  interface Boolean {
    valueOf(): boolean;
  }
  interface Function {
    call(self: unknown): unknown;
  }
  interface CallableFunction extends Function {
    readonly length: number;
  }
  interface NewableFunction extends Function {
    readonly length: number;
  }
  interface IArguments {
    readonly length: number;
  }
  interface Number {
    toString(radix?: number): string;
  }
  interface Object {
    hasOwnProperty(name: string): boolean;
  }
  interface RegExp {
    exec(text: string): Array<string> | null;
    test(text: string): boolean;
  }
  interface String {
    readonly length: number;
    charAt(index: number): string;
    charCodeAt(index: number): number;
    indexOf(part: string): number;
    replace(pattern: RegExp, put: string): string;
    replace(pattern: RegExp, put: (part: string) => string): string;
    slice(from: number, to?: number): string;
    toLowerCase(): string;
  }
  interface Date {
    getTime(): number;
    getDate(): number;
    getFullYear(): number;
    getHours(): number;
    getMinutes(): number;
    getMonth(): number;
    getSeconds(): number;
    getUTCDate(): number;
    getUTCFullYear(): number;
    getUTCHours(): number;
    getUTCMinutes(): number;
    getUTCMonth(): number;
    getUTCSeconds(): number;
  }
  interface DateConstructor {
    new (ms: number): Date;
    new (year: number, month: number, day: number, hours: number, minutes: number, seconds: number): Date;
    UTC(year: number, month: number, day: number, hours: number, minutes: number, seconds: number): number;
  }
  /** `number` is the HRESULT as a signed 32-bit integer; JScript sets it on errors that come from COM. */
  interface Error {
    message: string;
    number?: number;
  }

  var Date: DateConstructor;
  var Error: new (message: string) => Error;
  var Function: new (body: string) => () => unknown;
  var Math: { floor(value: number): number };
  var Array: new () => Array<unknown>;
  function Number(value: unknown): number;
  function String(value: unknown): string;
  function isFinite(value: number): boolean;
  function ScriptEngineMajorVersion(): number;
  function ScriptEngineMinorVersion(): number;

  /** Windows Script Host's own object (cscript.exe). */
  var WScript: {
    readonly Arguments: { readonly length: number; Item(index: number): string };
    Echo(line: string): void;
    Sleep(ms: number): void;
    Quit(exitCode: number): void;
  };

  interface TextStream {
    ReadAll(): string;
    Close(): void;
  }
  interface ActiveXObjectNameMap {
    "Scripting.FileSystemObject": { OpenTextFile(path: string, mode: 1): TextStream };
  }
}

export {};
