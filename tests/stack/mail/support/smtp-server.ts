import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { CERTIFICATE, PRIVATE_KEY } from "./certificate";

/** What the server does wrong, from the next mail on. */
interface Faults {
  auth?: number;
  mailFrom?: { code: number; text: string };
  rcptTo?: { code: number; text: string };
  /** Answer to the end of the mail */
  data?: { code: number; text: string };
  /** Takes the whole mail, then closes the connection without a word; with `keeps` the mail was accepted all the same */
  hangUpAfterData?: { keeps: boolean };
  /** Closes the connection in the middle of the mail */
  hangUpInData?: boolean;
  /** Takes the whole mail and never answers */
  silentAfterData?: boolean;
}

interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
  readonly secure: boolean;
}

/** A real SMTP server on a free port, with TLS from the first byte unless asked otherwise. */
export async function startSmtpServer(security: "tls" | "starttls" | "none" = "tls") {
  const taken: TakenMail[] = [];
  const faults: Faults = {};
  let connections = 0;
  const server = new SMTPServer({
    secure: security === "tls",
    key: PRIVATE_KEY,
    cert: CERTIFICATE,
    disabledCommands: security === "starttls" ? [] : ["STARTTLS"],
    allowInsecureAuth: security === "none",
    authMethods: ["PLAIN", "LOGIN"],
    closeTimeout: 50,
    logger: false,
    onConnect: (_session, done) => {
      connections++;
      done();
    },
    onAuth: (auth, _session, done) => {
      if (faults.auth) return done(reply({ code: faults.auth, text: "5.7.8 no" }));
      if (auth.password !== "right") return done(reply({ code: 535, text: "5.7.8 bad credentials" }));
      return done(null, { user: auth.username });
    },
    onMailFrom: (_address, _session, done) => done(faults.mailFrom && reply(faults.mailFrom)),
    onRcptTo: (_address, _session, done) => done(faults.rcptTo && reply(faults.rcptTo)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      const socket = socketOf(server, session.id);
      if (faults.hangUpInData) return void stream.once("data", () => socket?.destroy());
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map((one) => one.address),
          source: Buffer.concat(chunks).toString("latin1"),
          secure: session.secure,
        };
        if (faults.data) return done(reply(faults.data));
        if (faults.silentAfterData) return undefined;
        if (faults.hangUpAfterData) {
          if (faults.hangUpAfterData.keeps) taken.push(mail);
          return void socket?.destroy();
        }
        taken.push(mail);
        return done(null, "2.0.0 queued");
      });
      return undefined;
    },
  });
  server.on("error", () => undefined); // a client that hangs up is part of these tests
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    faults,
    connections: () => connections,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  };
}

interface OpenConnection {
  readonly id: string;
  readonly _socket: { destroy(): void };
}

function socketOf(server: SMTPServer, sessionId: string): { destroy(): void } | undefined {
  const { connections } = server as unknown as { connections: Iterable<OpenConnection> };
  return [...connections].find((one) => one.id === sessionId)?._socket;
}

function reply({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
