import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerRelay } from "@/lib/mailbox/relay/answer-relay";
import { relaySendSchema } from "@/lib/mailbox/relay/protocol";
import { openFileTransport } from "./file-transport";

// A relay with a file behind it, in a process of its own: relay-process <file>. Asked anything, it says when a hand-over last began.
const transport = openFileTransport(process.argv[2] ?? "");
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const asked = new Request(`http://${request.headers.host}${request.url}`, {
    method: "POST",
    headers,
    body: Buffer.concat(chunks),
  });
  const answer = await answerRelay(asked, relaySendSchema, (mail) => transport.send(mail));
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});
server.listen(0, "127.0.0.1", () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on("message", () => process.send?.(transport.lastAt));
process.on("disconnect", () => process.exit(0));
