import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Database } from "../../postgres/database";
import { type CallerCheck, readCredentials } from "../auth/identify-caller";
import type { Logger } from "../http/exchange";
import type { Subscriber } from "./channel";
import { type DispatchContext, dispatchChange } from "./dispatch-change";
import { readPublishedTables } from "./published-tables";
import { serveSocket } from "./serve-socket";

const MAX_SOCKETS = 500;
/** The largest message a client may send; a join with fifty filters is far smaller. */
const MAX_MESSAGE_BYTES = 256 * 1024;

export interface RealtimeOptions {
  readonly db: Database;
  readonly callers: CallerCheck;
  readonly logger: Logger;
}

export interface Realtime {
  /** Reads which tables are published, and their columns. */
  reload(): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, params: URLSearchParams): void;
  close(): Promise<void>;
}

/** Serves /realtime/v1: who subscribed to `postgres_changes` is told after each commit, in commit order. */
export async function createRealtime({ db, callers, logger }: RealtimeOptions): Promise<Realtime> {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const subscribers = new Set<Subscriber>();
  let tables = await readPublishedTables(db);
  let lastBindingId = 0;
  let told: Promise<void> = Promise.resolve();
  const findTable: DispatchContext["findTable"] = (schema, name) => tables.get(`${schema}.${name}`);

  const unlisten = await db.listen("realtime", (payload) => {
    told = told
      .then(() => dispatchChange({ db, logger, subscribers, findTable }, payload))
      .catch((error: unknown) => logger.error({ err: error }, "a change could not be told"));
  });

  return {
    reload: async () => {
      tables = await readPublishedTables(db);
    },
    upgrade: (request, socket, head, params) => {
      if (subscribers.size >= MAX_SOCKETS) {
        socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      const { headers } = request;
      const credentials = {
        ...readCredentials(headers),
        apiKey: params.get("apikey") ?? readCredentials(headers).apiKey,
      };
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const subscriber = serveSocket(webSocket, {
          db,
          logger,
          callers,
          credentials,
          findTable,
          version: params.get("vsn") ?? "1.0.0",
          nextBindingId: () => ++lastBindingId,
        });
        subscribers.add(subscriber);
        webSocket.on("close", () => subscribers.delete(subscriber));
      });
    },
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await unlisten();
      await told;
    },
  };
}
