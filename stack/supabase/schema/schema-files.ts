import fs from "node:fs";
import path from "node:path";

export interface SchemaFile {
  readonly file: string;
  readonly sql: string;
}

/** Characters a line of a schema may have. */
const WIDTH = 110;

/** The schema files, `NN-noun.sql`, in the order they are run: what a file names is made in it or before it. */
export function readSchemaFiles(folder: string): SchemaFile[] {
  const files = fs.readdirSync(folder).filter((file) => /^\d\d-[a-z-]+\.sql$/.test(file));
  return files.sort().map((file) => ({ file, sql: fs.readFileSync(path.join(folder, file), "utf8") }));
}

/** The whole schema as one script for an empty project. */
export function joinSchemaFiles(files: readonly SchemaFile[]): string {
  return files.map(({ sql }) => sql).join("\n");
}

/**
 * What makes a schema file hard to read, as "file:line: what": a line that is too long, and a function, table or view that does
 * not stand in a paragraph of its own under a comment that says why it is there.
 */
export function findUnreadable(files: readonly SchemaFile[]): string[] {
  return files.flatMap(({ file, sql }) => {
    const lines = sql.split("\n");
    return lines.flatMap((line, index) => {
      const at = `${file}:${index + 1}`;
      const problems: string[] = [];
      if (line.length > WIDTH) problems.push(`${at}: ${line.length} characters, at most ${WIDTH}`);
      const [, kind, name] = /^create (function|table|view) public\.(\w+)/.exec(line) ?? [];
      if (kind && !startsParagraph(lines, index))
        problems.push(`${at}: ${kind} ${name} needs its why above it`);
      return problems;
    });
  });
}

function startsParagraph(lines: readonly string[], index: number): boolean {
  let first = index;
  while (lines[first - 1]?.startsWith("--")) first--;
  return first < index && lines[first - 1] === "";
}
