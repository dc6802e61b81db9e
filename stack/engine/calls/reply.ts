import type { SdkOp } from "./sdk-op";

/** What a call to an app came to. */
export type CallReply =
  /** The function went on or paused; `version` is the SDK's request version. */
  | {
      readonly kind: "ops";
      readonly ops: readonly SdkOp[];
      readonly noRetry: boolean;
      readonly retryAt?: number;
      readonly version: number;
    }
  /** The function returned; `output` is JSON text. */
  | { readonly kind: "returned"; readonly output: string }
  /** The function, the app or the network failed; an attempt is used up. */
  | {
      readonly kind: "failed";
      readonly error: { name: string; message: string; stack?: string };
      readonly noRetry: boolean;
      readonly retryAt?: number;
    }
  /** Nothing listens at the app's address; no attempt is used up. */
  | { readonly kind: "unreachable"; readonly reason: string };
