import type { Database } from "../../postgres/database";
import { type ApiRequest, type ApiResponse, type Logger, respondJson } from "../http/exchange";
import { AuthError } from "./auth-error";
import { serveAdmin } from "./serve-admin";
import { type AuthContext, type Route, serveOwnAccount } from "./serve-own-account";
import { serveTokens } from "./serve-tokens";

export interface AuthOptions extends Omit<AuthContext, "db" | "logger"> {
  readonly db: Database;
  readonly logger: Logger;
}

export interface Auth {
  handle(request: ApiRequest): Promise<ApiResponse>;
}

/** Serves the part of /auth/v1 that password sign-in, @supabase/ssr and `auth.admin` use. */
export function createAuth(context: AuthOptions): Auth {
  const routes: readonly Route[] = [serveTokens(context), serveAdmin(context), serveOwnAccount(context)];
  return {
    handle: async (request) => {
      try {
        for (const route of routes) {
          const response = await route(request);
          if (response) return response;
        }
        throw new AuthError(404, "not_found", `Not served here: ${request.method} /auth/v1/${request.path}`);
      } catch (error) {
        return answerError(error, request, context.logger);
      }
    },
  };
}

function answerError(error: unknown, request: ApiRequest, logger: Logger): ApiResponse {
  // supabase-js reads `code` only when the API version header is there.
  const headers = { "x-supabase-api-version": "2024-01-01" };
  if (error instanceof AuthError) {
    const { status, code, message } = error;
    return respondJson(status, { code, message, msg: message, error_code: code }, headers);
  }
  logger.error({ err: error, method: request.method, path: request.path }, "auth request failed");
  return respondJson(500, { code: "unexpected_failure", message: "Internal server error" }, headers);
}
