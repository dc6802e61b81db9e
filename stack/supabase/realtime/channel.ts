import type { Caller } from "../http/exchange";
import type { Binding } from "./binding";

/** One joined topic of one socket. */
export interface Channel {
  readonly topic: string;
  readonly joinRef: string | null;
  /** Changes when the client sends a fresh token. */
  caller: Caller;
  readonly bindings: readonly Binding[];
}

/** A socket as the dispatcher sees it. */
export interface Subscriber {
  readonly channels: ReadonlyMap<string, Channel>;
  /** Sends a change to the client, unless it stopped reading. */
  tell(channel: Channel, payload: object): void;
  /** Leaves a channel on the server's side, saying why. */
  dismiss(channel: Channel, reason: string): void;
}
