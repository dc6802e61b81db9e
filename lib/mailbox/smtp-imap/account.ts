import { z } from "zod";

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1)$/;
const IMPLICIT_TLS = new Set([465, 993]);

const port = z.number({ error: "allowed: a port number" }).int().min(1).max(65_535);
const server = (defaultPort: number) =>
  z
    .strictObject({
      host: z.string().min(1, "allowed: the server's name"),
      port: port.default(defaultPort),
      /** `tls` from the first byte, `starttls` before anything is said; `none` is for a server on this machine only */
      security: z.enum(["tls", "starttls", "none"]).optional(),
    })
    .refine((one) => one.security !== "none" || LOOPBACK.test(one.host), {
      path: ["security"],
      error: 'allowed: "tls" or "starttls"; "none" only for a server on this machine',
    })
    .transform((one) => ({
      ...one,
      security: one.security ?? (IMPLICIT_TLS.has(one.port) ? ("tls" as const) : ("starttls" as const)),
    }));

/** One account of the accounts file, as it is written there. Unknown fields are refused: a typo must not pass silently. */
export const accountSchema = z.strictObject({
  address: z.email("allowed: an e-mail address").transform((text) => text.toLowerCase()),
  name: z
    .string()
    .refine((text) => !/\p{Cc}/u.test(text), "no control characters")
    .default(""),
  /** Sign-in name; the address where it is not given */
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  /** Name of an environment variable that holds the password, instead of the password itself */
  passwordEnv: z.string().min(1).optional(),
  smtp: server(465),
  imap: server(993),
  /** Certificates (PEM file) of a company's own authority, to trust beside the usual ones */
  caFile: z.string().min(1).optional(),
  /** `server`: it files a copy of what is sent by itself, as Gmail does. `auto` finds out. */
  sentCopy: z.enum(["auto", "append", "server"]).default("auto"),
  /** Folder names, where the server does not say which is which */
  folders: z.strictObject({ sent: z.string(), drafts: z.string(), junk: z.string() }).partial().default({}),
});

/** An account ready to use. `password` is the secret itself: this value is never logged, stored or sent. */
export interface MailAccount extends Omit<z.output<typeof accountSchema>, "passwordEnv" | "caFile"> {
  readonly user: string;
  readonly password: string;
  readonly ca: string | undefined;
}
