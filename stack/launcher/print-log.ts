import pretty from "pino-pretty";

/**
 * Where log lines of every process come together: readable on a terminal, JSON otherwise. Always standard error, so that
 * standard output stays for what a program reads.
 */
export function createLogPrinter(): (line: string) => void {
  if (!process.stderr.isTTY) return (line) => process.stderr.write(`${line}\n`);
  const stream = pretty({
    destination: 2,
    sync: true,
    ignore: "pid,hostname",
    translateTime: "HH:MM:ss",
    singleLine: true,
  });
  return (line) => stream.write(`${line}\n`);
}
