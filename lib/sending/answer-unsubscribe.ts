import "server-only";
import { logger } from "@/lib/server/logger";
import { optOutByLink, readLink } from "./opt-out-by-link";
import { askPage, brokenPage, busyPage, donePage, failedPage } from "./unsubscribe-page";
import { VisitLimit } from "./visit-limit";

/** Mail providers press the button for their users from few addresses, so this is no small number. */
const visits = new VisitLimit(120, 60_000);

/**
 * The public page behind List-Unsubscribe. Whoever holds a link is told the same whether its mail, contact or address
 * exists, was opted out before, or is opted out now.
 */
export async function answerUnsubscribe(request: Request): Promise<Response> {
  if (!visits.allows(visitorOf(request))) return html(429, busyPage(), { "retry-after": "60" });
  try {
    const sendId = await readLink(new URL(request.url).searchParams.get("token") ?? "");
    if (!sendId) return html(400, brokenPage());
    if (request.method !== "POST") return html(200, askPage());
    await optOutByLink(sendId);
    return html(200, donePage());
  } catch (error) {
    logger.error({ err: error }, "an unsubscribe failed");
    return html(500, failedPage());
  }
}

/** The address the last proxy saw; without a proxy everybody shares one count. */
function visitorOf(request: Request): string {
  return request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "direct";
}

function html(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      ...headers,
    },
  });
}
