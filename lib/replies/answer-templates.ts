/** What an answer can say without asking anybody; what is not known is left out. */
export interface AnswerFacts {
  /** "Rosa Marquez", as the contact is stored. */
  readonly name: string | null;
  /** The building we wrote about: "412 Alder St". */
  readonly property: string | null;
  /** What they ask, as the facts show it: "$8.5M". */
  readonly price: string | null;
  readonly senderName: string;
  readonly deskName: string;
}

export interface AnswerTemplate {
  readonly key: string;
  readonly title: string;
  readonly body: string;
}

/** The answers this desk gives most, filled with what is known. A person reads and changes them before anything leaves. */
export function listAnswerTemplates(facts: AnswerFacts): AnswerTemplate[] {
  const about = facts.property ? ` about ${facts.property}` : "";
  const write = (key: string, title: string, words: readonly string[]) => ({
    key,
    title,
    body: [`Hi ${firstName(facts.name)},`, ...words, signOff(facts)].join("\n\n"),
  });
  return [
    write("call", "Propose a call", [
      `Thank you for your answer${about}. A call of ten minutes is the quickest way to see whether this fits.`,
      "What time suits you this week, and which number is best?",
    ]),
    write("price", "Thank them for the price and ask for figures", [
      `Thank you, that helps.${facts.price ? ` I will take ${facts.price} to our buyer.` : " I will take your number to our buyer."}`,
      "So that they can answer quickly: could you send the current rent roll and the last twelve months of operating figures?",
    ]),
    write("buyer", "Say more about the buyer", [
      `Thank you for asking${about}. Our buyer is funded, looks at buildings like yours in your area, and decides without a committee.`,
      "There is no listing and nothing to sign to have the conversation. What else would you like to know?",
    ]),
    write("referral", "Thank them for the name", [
      "Thank you for pointing me to the right person. I will write to them and mention that you sent me, unless you would rather I did not.",
    ]),
    write("later", "Thank them and come back later", [
      `Thank you for telling me${facts.property ? ` where you stand with ${facts.property}` : ""}. I will not press.`,
      "If it is all right with you, I will ask again in some months. Should anything change before that, I would be glad to hear from you.",
    ]),
  ];
}

function firstName(name: string | null): string {
  return name?.trim().split(/\s+/)[0] || "there";
}

function signOff({ senderName, deskName }: AnswerFacts): string {
  return [senderName, deskName].filter(Boolean).join("\n");
}
