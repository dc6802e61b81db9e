import { Refused } from "@/lib/server/refused";

export type EngineFailure = "unreachable" | "timeout" | "not_found" | "refused" | "unexpected";

/** The engine did not do or answer what it was asked. `kind` says which way; the message is ready to show. */
export class EngineError extends Refused {
  override name = "EngineError";
  constructor(
    readonly kind: EngineFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, { status: kind === "not_found" ? 404 : 502, cause: options?.cause });
  }
}
