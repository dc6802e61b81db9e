import { createRequire } from "node:module";
import type { AddressInfo, Server, Socket } from "node:net";
import { CERTIFICATE, PRIVATE_KEY } from "./certificate";

interface StoredMessage {
  raw: string | Buffer;
  uid: number;
  flags: string[];
  internaldate: string;
}
interface StoredFolder {
  uidvalidity: number;
  messages: StoredMessage[];
}
interface ImapServer {
  server: Server;
  listen(port: number, host: string, done: () => void): void;
  getMailbox(path: string): StoredFolder;
  appendMessage(path: string, flags: string[], internalDate: string | false, raw: string): unknown;
  createMailbox(path: string, folder?: object): void;
}
const hoodiecrow = createRequire(import.meta.url)("hoodiecrow-imap") as (options: object) => ImapServer;

const PLUGINS = ["IDLE", "ID", "SASL-IR", "AUTH-PLAIN", "NAMESPACE", "UNSELECT", "SPECIAL-USE", "UIDPLUS"];

export type Message = Partial<StoredMessage> & { raw: string };

/** A real IMAP server on a free port, over TLS, with the folders given; their messages live as long as it does. */
export async function startImapServer(
  options: { folders?: object; plugins?: readonly string[]; inbox?: Message[] } = {},
) {
  const sockets = new Set<Socket>();
  const server = hoodiecrow({
    secureConnection: true,
    credentials: { key: PRIVATE_KEY, cert: CERTIFICATE },
    plugins: options.plugins ?? PLUGINS,
    users: { "desk@oak.example": { password: "right" } },
    storage: {
      INBOX: { messages: options.inbox ?? [] },
      "": {
        separator: "/",
        folders: options.folders ?? {
          Gesendet: { "special-use": "\\Sent" },
          Entwurf: { "special-use": "\\Drafts" },
          Werbung: { "special-use": "\\Junk" },
        },
      },
    },
  });
  // Its many small writes would wait 40 ms each for the other side to confirm them.
  server.server.on("connection", (socket: Socket) => socket.setNoDelay(true));
  server.server.on("secureConnection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    messages: (path: string) => server.getMailbox(path).messages.map((one) => one.raw.toString()),
    folder: (path: string) => server.getMailbox(path),
    deliver: (path: string, raw: string, flags: string[] = []) =>
      server.appendMessage(path, flags, false, raw),
    connections: () => sockets.size,
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.server.close(() => resolve());
      }),
  };
}
