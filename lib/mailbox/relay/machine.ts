import os from "node:os";
import packageJson from "@/package.json";

/** What this machine and this relay are called. */
export function describeMachine(): { name: string; version: string } {
  return { name: os.hostname(), version: packageJson.version };
}
