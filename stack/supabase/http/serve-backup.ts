import fs from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import path from "node:path";
import { AuthError } from "../auth/auth-error";
import { type CallerCheck, readCredentials } from "../auth/identify-caller";
import type { ApiResponse } from "./exchange";

/**
 * Hands out everything that is stored, to the secret key alone (which no page in a browser may use).
 * @throws {AuthError} 401 and 403 for anybody else.
 */
export function serveBackup(callers: CallerCheck, writeBackup: () => Promise<string>) {
  return async (headers: IncomingHttpHeaders): Promise<ApiResponse> => {
    const { role } = callers.identifyKey(readCredentials(headers));
    if (role !== "service_role") throw new AuthError(403, "not_allowed", "A backup needs the secret key");
    const file = await writeBackup();
    return {
      status: 200,
      headers: {
        "content-type": "application/octet-stream",
        // Whose data this is: two desks may run on one computer.
        "x-upstream-data": encodeURIComponent(fs.realpathSync(path.dirname(file))),
      },
      body: "",
      file,
    };
  };
}
