import { createServer } from "node:http";

type Handler = (request: Request) => Promise<Response> | Response;

// The product's own route handlers without its pages: door-process app|relay <port>
const [part = "", port = "0"] = process.argv.slice(2);
const routes = part === "relay" ? await relayRoutes() : await appRoutes();

createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const handler = routes.get(url.pathname);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const body = request.method === "GET" ? undefined : Buffer.concat(chunks);
  const answer = handler
    ? await handler(new Request(url, { method: request.method, headers, body }))
    : new Response("not here", { status: 404 });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));

async function relayRoutes(): Promise<Map<string, Handler>> {
  const [health, send, find, list] = await Promise.all([
    import("@/app/api/relay/health/route"),
    import("@/app/api/relay/send/route"),
    import("@/app/api/relay/find/route"),
    import("@/app/api/relay/list/route"),
  ]);
  return new Map<string, Handler>([
    ["/api/relay/health", health.GET],
    ["/api/relay/send", send.POST],
    ["/api/relay/find", find.POST],
    ["/api/relay/list", list.POST],
  ]);
}

async function appRoutes(): Promise<Map<string, Handler>> {
  const [{ serve }, { inngest }, { dispatchMailbox }, { checkMailboxes }, { sweep }] = await Promise.all([
    import("inngest/edge"),
    import("@/inngest/client"),
    import("@/inngest/functions/dispatch-mailbox"),
    import("@/inngest/functions/check-mailboxes"),
    import("@/inngest/functions/sweep"),
  ]);
  const functions = [dispatchMailbox, checkMailboxes, sweep];
  return new Map<string, Handler>([["/api/inngest", serve({ client: inngest, functions })]]);
}
