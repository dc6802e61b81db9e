import { whyText } from "@/components/campaigns/why-text";
import type { Why } from "@/lib/sending/say-why";
import { env } from "@/lib/server/env";

type Described = {
  readonly unsent: Why | null;
  readonly enrollments: { readonly time_zone: string } | null;
};

/** A send as the API answers it: `why` is one sentence, null when it has gone; `cause` and `until` are for programs. */
export function toAnswer<Send extends Described>({ unsent, ...send }: Send) {
  return {
    ...send,
    why: whyText(unsent, send.enrollments?.time_zone, env().DRY_RUN),
    cause: unsent?.cause ?? null,
    until: unsent?.until ?? null,
  };
}
