/** A function as the engine understands it, after its registration was checked. Durations are milliseconds. */
export interface FunctionConfig {
  /** Stable UUID, the `fn_id` of calls. */
  readonly id: string;
  /** `<app>-<function>`, the id the SDK registers. */
  readonly slug: string;
  readonly name: string;
  readonly appId: string;
  /** Serve endpoint without query. */
  readonly url: string;
  readonly triggers: readonly Trigger[];
  readonly maxAttempts: number;
  readonly concurrency: readonly Concurrency[];
  readonly throttle?: RateConfig & { readonly burst: number };
  readonly rateLimit?: RateConfig;
  readonly debounce?: { readonly periodMs: number; readonly key?: string; readonly timeoutMs?: number };
  readonly batch?: {
    readonly maxSize: number;
    readonly timeoutMs: number;
    readonly key?: string;
    readonly if?: string;
  };
  readonly cancelOn: readonly CancelOn[];
  readonly idempotency?: string;
  readonly priority?: string;
  readonly singleton?: { readonly key?: string; readonly mode: "skip" | "cancel" };
  readonly timeouts: { readonly startMs?: number; readonly finishMs?: number };
}

export type Trigger =
  | { readonly type: "event"; readonly event: string; readonly expression?: string }
  | { readonly type: "cron"; readonly cron: string; readonly jitterMs: number };

export interface Concurrency {
  readonly limit: number;
  readonly key?: string;
  readonly scope: "fn" | "env" | "account";
}

export interface RateConfig {
  readonly limit: number;
  readonly periodMs: number;
  readonly key?: string;
}

export interface CancelOn {
  readonly event: string;
  readonly if?: string;
  readonly timeoutMs?: number;
}
