import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const requestSchema = z.looseObject({
  model: z.string().catch(""),
  stream: z.boolean().optional(),
  system: z.unknown().optional(),
  messages: z.array(z.unknown()).catch([]),
  tools: z.array(z.looseObject({ name: z.string() })).catch([]),
});
type MessagesRequest = z.infer<typeof requestSchema>;

/** What the provider does with a request: says text, calls the one tool there is, refuses, or never answers. */
type Reaction =
  | { readonly text: string }
  | { readonly structured: unknown }
  | { readonly status: number; readonly type: string; readonly message: string }
  | { readonly hang: true };

/** The provider's Messages API on this computer, as far as a headless run of Claude Code asks it. */
export async function startFakeMessagesApi() {
  let react: (request: MessagesRequest) => Reaction = () => ({ text: "ok" });
  const requests: MessagesRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (!request.url?.startsWith("/v1/messages")) {
      response.writeHead(200).end();
      return;
    }
    const asked = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}"));
    requests.push(asked);
    const reaction = react(asked);
    if ("hang" in reaction) return;
    if ("status" in reaction) {
      const error = { type: reaction.type, message: reaction.message };
      sendJson(response, reaction.status, { type: "error", error });
    } else answer(response, asked, reaction);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reactWith: (next: typeof react) => {
      react = next;
      requests.length = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "request-id": randomUUID() });
  response.end(JSON.stringify(body));
}

function answer(
  response: ServerResponse,
  { model, stream }: MessagesRequest,
  reaction: { readonly text: string } | { readonly structured: unknown },
): void {
  const block =
    "text" in reaction
      ? { type: "text", text: reaction.text }
      : {
          type: "tool_use",
          id: `toolu_${randomUUID()}`,
          name: "StructuredOutput",
          input: reaction.structured,
        };
  const stop = block.type === "text" ? "end_turn" : "tool_use";
  const usage = {
    input_tokens: 100,
    output_tokens: 20,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
  };
  const message = {
    id: `msg_${randomUUID()}`,
    type: "message",
    role: "assistant",
    model,
    stop_sequence: null,
    usage,
  };
  if (!stream) {
    sendJson(response, 200, { ...message, content: [block], stop_reason: stop });
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "request-id": randomUUID() });
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  send("message_start", { message: { ...message, content: [], stop_reason: null } });
  const empty = block.type === "text" ? { type: "text", text: "" } : { ...block, input: {} };
  const delta =
    block.type === "text"
      ? { type: "text_delta", text: block.text }
      : { type: "input_json_delta", partial_json: JSON.stringify(block.input) };
  send("content_block_start", { index: 0, content_block: empty });
  send("content_block_delta", { index: 0, delta });
  send("content_block_stop", { index: 0 });
  send("message_delta", { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 20 } });
  send("message_stop", {});
  response.end();
}
