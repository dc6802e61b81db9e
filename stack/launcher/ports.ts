import net from "node:net";
import { StartError } from "./flags";

/** Whether something listens on a loopback port. */
export function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(true));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(false)));
  });
}

/** @throws {StartError} naming the port, what it is for, and how to choose another. */
export async function requireFree(port: number, what: string, flag: string): Promise<void> {
  if (await isTaken(port))
    throw new StartError(
      `Port ${port} (${what}) is taken by another program. Stop that program, or start with ${flag} N.`,
    );
}

/** A port nobody uses, the wanted one if it is free. */
export async function preferPort(wanted: number): Promise<number> {
  return (await isTaken(wanted)) ? 0 : wanted;
}
