import type { WebSocket } from "ws";
import { AuthError } from "../auth/auth-error";
import type { Logger } from "../http/exchange";
import type { Channel, Subscriber } from "./channel";
import { type JoinContext, JoinRefusedError, joinChannel } from "./join-channel";
import { type Message, readMessage, tokenPayload, writeMessage } from "./message";

/** Hosted's limit of channels per connection. */
const MAX_CHANNELS = 100;
/** Messages waiting to be handled; a client that sends faster than that is cut off. */
const MAX_WAITING = 200;
/** Bytes waiting to be read by the client; one that stopped reading is cut off before it costs memory. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
/** supabase-js sends a heartbeat every 25 s. */
const MAX_SILENCE_MS = 75_000;

export interface SocketContext extends JoinContext {
  readonly version: string;
  readonly logger: Logger;
}

/** Speaks the Phoenix channel protocol with one client until the socket closes. */
export function serveSocket(socket: WebSocket, context: SocketContext): Subscriber {
  const channels = new Map<string, Channel>();
  let waiting = 0;
  let handled: Promise<void> = Promise.resolve();
  const watchdog = setTimeout(() => socket.terminate(), MAX_SILENCE_MS).unref();
  socket.on("close", () => clearTimeout(watchdog));
  socket.on("error", (error) => context.logger.debug({ err: error }, "Realtime socket failed"));

  const push = (
    topic: string,
    event: string,
    payload: object,
    refs: Partial<Pick<Message, "join_ref" | "ref">> = {},
  ) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
      context.logger.warn(
        { topic, unread: socket.bufferedAmount },
        "Realtime client stopped reading; cut off",
      );
      return socket.terminate();
    }
    socket.send(writeMessage(context.version, { join_ref: null, ref: null, ...refs, topic, event, payload }));
  };
  const reply = ({ topic, ref, join_ref }: Message, status: "ok" | "error", response: object = {}) =>
    push(topic, "phx_reply", { status, response }, { ref, join_ref });
  const tellSystem = (topic: string, status: "ok" | "error", extension: string, message: string) =>
    push(topic, "system", { message, status, extension, channel: topic.replace(/^realtime:/, "") });
  const dismiss = ({ topic, joinRef }: Channel, reason: string) => {
    channels.delete(topic);
    tellSystem(topic, "error", "system", reason);
    push(topic, "phx_close", {}, { join_ref: joinRef });
  };

  async function join(message: Message): Promise<void> {
    if (!message.topic.startsWith("realtime:")) throw new JoinRefusedError("unknown topic");
    if (channels.size >= MAX_CHANNELS && !channels.has(message.topic))
      throw new JoinRefusedError("too many channels on this connection");
    const channel = await joinChannel(context, message);
    channels.set(channel.topic, channel);
    const postgres_changes = channel.bindings.map(({ conditions: _, ...binding }) => binding);
    reply(message, "ok", { postgres_changes });
    const missing = channel.bindings.find(
      ({ schema, table }) => table && table !== "*" && !context.findTable(schema, table),
    );
    if (missing)
      tellSystem(
        channel.topic,
        "error",
        "postgres_changes",
        `${missing.schema}.${missing.table} is not published yet`,
      );
    else if (postgres_changes.length > 0)
      tellSystem(channel.topic, "ok", "postgres_changes", "Subscribed to PostgreSQL");
  }

  async function refreshToken({ topic, payload }: Message): Promise<void> {
    const channel = channels.get(topic);
    const token = tokenPayload.safeParse(payload).data?.access_token;
    if (!channel || !token) return;
    try {
      channel.caller = await context.callers.identify({ ...context.credentials, bearer: token });
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      dismiss(channel, error.message);
    }
  }

  function leave(message: Message): void {
    channels.delete(message.topic);
    reply(message, "ok");
    push(message.topic, "phx_close", {}, { join_ref: message.join_ref });
  }

  async function handle(message: Message): Promise<void> {
    if (message.event === "heartbeat") return reply(message, "ok");
    if (message.event === "phx_join") return join(message);
    if (message.event === "access_token") return refreshToken(message);
    if (message.event === "phx_leave") return leave(message);
    if (message.ref) reply(message, "error", { reason: `${message.event} is not served here` });
  }

  function refuse(message: Message, error: unknown): void {
    const known = error instanceof AuthError || error instanceof JoinRefusedError;
    if (!known) context.logger.error({ err: error, event: message.event }, "Realtime message failed");
    const reason = error instanceof AuthError ? `Unauthorized: ${error.message}` : (error as Error).message;
    reply(message, "error", { reason: known ? reason : "internal error" });
  }

  socket.on("message", (data, isBinary) => {
    watchdog.refresh();
    const message = isBinary ? undefined : readMessage(data.toString());
    if (!message) return;
    if (++waiting > MAX_WAITING) return socket.close(1008, "too many messages");
    // One after the other: a leave must not overtake its join.
    handled = handled
      .then(() => handle(message))
      .catch((error: unknown) => refuse(message, error))
      .finally(() => waiting--);
  });

  return { channels, tell: (channel, payload) => push(channel.topic, "postgres_changes", payload), dismiss };
}
