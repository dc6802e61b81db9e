import { createServerClient } from "@supabase/ssr";
import { type NextRequest, NextResponse } from "next/server";
import { serverClientOptions } from "@/lib/server/client-options";
import { env } from "@/lib/server/env";

/** Open without a session: signing in, setting up, unsubscribing, the health answer, and what machines call with a guard of their own. */
const OPEN = [
  /^\/sign-in$/,
  /^\/setup$/,
  /^\/unsubscribe$/,
  /^\/api\/health$/,
  /^\/api\/inngest$/,
  /^\/api\/relay\//,
];

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Guards every page and endpoint, and keeps the session cookie fresh. Handlers check again; this is the first door. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname } = request.nextUrl;
  if (env().UPSTREAM_ROLE === "relay" && !/^\/api\/relay\/(health|send|find|list)$/.test(pathname))
    return NextResponse.json({ message: "This is a relay; its console is elsewhere." }, { status: 404 });
  if (pathname === "/api/inngest" && !isEngine(request))
    return NextResponse.json({ message: "Only the engine may call this." }, { status: 403 });
  if (OPEN.some((pattern) => pattern.test(pathname))) return NextResponse.next();
  // A token in the header is checked by the handler itself, with row-level security behind it.
  if (pathname.startsWith("/api/") && request.headers.has("authorization")) return NextResponse.next();
  const { response, signedIn } = await refreshSession(request);
  if (signedIn) return response;
  if (pathname.startsWith("/api/"))
    return NextResponse.json({ error: "not_signed_in", message: "Sign in first." }, { status: 401 });
  const target = new URL("/sign-in", request.url);
  if (pathname !== "/") target.searchParams.set("next", pathname + request.nextUrl.search);
  return NextResponse.redirect(target);
}

/** Without a signing key the serve endpoint takes calls from this machine only, and never from a browser. */
function isEngine(request: NextRequest): boolean {
  if (process.env.INNGEST_SIGNING_KEY) return true;
  const fromBrowser = request.headers.has("origin") || request.headers.has("sec-fetch-site");
  return !fromBrowser && LOOPBACK.test(request.headers.get("host") ?? "");
}

async function refreshSession(request: NextRequest): Promise<{ response: NextResponse; signedIn: boolean }> {
  let response = NextResponse.next({ request });
  const db = createServerClient(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, {
    ...serverClientOptions,
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (items) => {
        for (const { name, value } of items) request.cookies.set(name, value);
        response = NextResponse.next({ request });
        for (const { name, value, options } of items) response.cookies.set(name, value, options);
      },
    },
  });
  const { data } = await db.auth.getClaims();
  return { response, signedIn: Boolean(data?.claims.sub) };
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|icon|favicon|manifest|.*\\.(?:svg|png|ico|webmanifest)$).*)"],
};
