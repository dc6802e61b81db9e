import { z } from "zod";

const usdFact = z.object({ usd: z.number(), words: z.string() });

const ruleFactsSchema = z.object({
  askingPrice: z
    .object({
      lowUsd: z.number().nullable(),
      highUsd: z.number().nullable(),
      millionsAssumed: z.boolean().catch(false),
      words: z.string(),
    })
    .nullish()
    .catch(null),
  capRate: z.object({ lowBps: z.number(), highBps: z.number(), words: z.string() }).nullish().catch(null),
  noi: usdFact.nullish().catch(null),
  pricePerSquareFoot: z
    .object({ lowCents: z.number(), highCents: z.number(), words: z.string() })
    .nullish()
    .catch(null),
  pricePerUnit: usdFact.nullish().catch(null),
  phones: z
    .array(z.object({ e164: z.string().nullable(), extension: z.string(), words: z.string() }))
    .catch([]),
  callTimes: z.array(z.object({ at: z.string().nullable(), words: z.string() })).catch([]),
  people: z
    .array(
      z.object({
        name: z.string(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
        firm: z.string(),
        role: z.string(),
        words: z.string(),
      }),
    )
    .catch([]),
  documents: z
    .array(
      z.object({ name: z.string(), state: z.enum(["attached", "promised", "mentioned"]), words: z.string() }),
    )
    .catch([]),
  followUp: z.object({ isoDate: z.string(), words: z.string() }).nullish().catch(null),
  speaksFor: z.enum(["company", "person"]).nullish().catch(null),
});

const agentFactsSchema = z.object({
  askingPriceUsd: z.number().nullable().catch(null),
  capRateBps: z.number().nullable().catch(null),
  names: z.array(z.string()).catch([]),
  phones: z.array(z.string()).catch([]),
  callTimes: z.array(z.string()).catch([]),
  documents: z.array(z.string()).catch([]),
});

const factsSchema = z.object({
  ...ruleFactsSchema.shape,
  agent: agentFactsSchema.nullish().catch(null),
  suggestedAnswer: z.string().catch(""),
});

/**
 * What was read out of a reply. The rules' facts carry the words they came from; the agent's do not. Prices in whole
 * dollars, rates in basis points, prices per square foot in cents.
 */
export type ReplyFacts = z.infer<typeof factsSchema>;

/** Reads `synced_emails.facts`. What is missing or has another shape counts as not stated; nothing throws. */
export function readReplyFacts(facts: unknown): ReplyFacts {
  const isObject = typeof facts === "object" && facts !== null && !Array.isArray(facts);
  return factsSchema.parse(isObject ? facts : {});
}

/** Whether the mail, or the agent that read it, states any price or rate. */
export function statesPrice(facts: ReplyFacts): boolean {
  return Boolean(
    facts.askingPrice ??
      facts.capRate ??
      facts.noi ??
      facts.pricePerSquareFoot ??
      facts.pricePerUnit ??
      facts.agent?.askingPriceUsd ??
      facts.agent?.capRateBps,
  );
}
