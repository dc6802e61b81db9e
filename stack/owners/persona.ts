import { randomStream } from "../costar-site/market/random";

/** What an owner is like. Bounces are addresses that do not work rather than people. */
export const PERSONA_WEIGHTS = {
  silent: 33,
  interested: 7,
  pricing_given: 8,
  question: 6,
  soft_pass: 7,
  hard_pass: 5,
  opt_out: 5,
  out_of_office: 6,
  broker_redirect: 5,
  referral: 5,
  wrong_contact: 5,
  hard_bounce: 5,
  soft_bounce: 3,
} as const;

export type PersonaKind = keyof typeof PERSONA_WEIGHTS;
export const PERSONA_KINDS = Object.keys(PERSONA_WEIGHTS) as PersonaKind[];

/** How one owner answers; the same for the same address and seed on every machine. */
export interface Persona {
  kind: PersonaKind;
  /** Which mail of a sequence is answered. Machines answer each. */
  answersStep: 1 | 2 | "every";
  /** In [0, 1): which of the wordings, and where between the shortest and the longest delay. */
  wording: number;
  haste: number;
  mailProgram: "outlook" | "gmail" | "phone";
}

const WEIGHTS = PERSONA_KINDS.map((kind) => [kind, PERSONA_WEIGHTS[kind]] as const);
const SECOND_MAIL_SHARE = 0.2;

/** The persona of a recipient address. Letter case does not matter. */
export function personaOf(address: string, seed: string): Persona {
  const random = randomStream(`${seed}/${address.trim().toLowerCase()}`);
  const kind = random.weighted(WEIGHTS);
  return personaOfKind(kind, `${seed}/${address.trim().toLowerCase()}/${kind}`);
}

/** A persona of a chosen kind, for a test or a launcher that wants to see this kind. */
export function personaOfKind(kind: PersonaKind, seed: string): Persona {
  const random = randomStream(seed);
  const bounces = kind === "hard_bounce" || kind === "soft_bounce";
  const late = kind !== "out_of_office" && random.chance(SECOND_MAIL_SHARE);
  return {
    kind,
    answersStep: bounces ? "every" : late ? 2 : 1,
    wording: random.next(),
    haste: random.next(),
    mailProgram: random.weighted([["outlook", 5] as const, ["gmail", 3] as const, ["phone", 2] as const]),
  };
}
