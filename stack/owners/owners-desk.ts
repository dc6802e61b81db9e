import {
  deliverToInbox,
  listEntryIds,
  type MailStore,
  openMailStore,
  readMail,
  type StoreAccount,
  type StoredMail,
} from "../outlook-host/mail-store";
import { Journal, type SeenMail } from "./journal";
import { type Persona, personaOf } from "./persona";
import { writeAnswer } from "./write-answer";

export interface OwnersSettings {
  storeDir: string;
  /** An answer comes this long after our mail, ms; machines answer at the minimum. */
  minDelayMs: number;
  maxDelayMs: number;
  seed: string;
  /** Chooses the persona of an address. Default: by its hash. */
  personaFor?: (address: string) => Persona;
}

/** The owners behind the addresses we mail: each look takes in what was sent and answers what is due. */
export class OwnersDesk {
  private constructor(
    private readonly settings: OwnersSettings,
    private readonly store: MailStore,
    private readonly journal: Journal,
  ) {}

  static async open(settings: OwnersSettings): Promise<OwnersDesk> {
    const store = await openMailStore(settings.storeDir);
    return new OwnersDesk(settings, store, await Journal.open(settings.storeDir));
  }

  /** @returns how many answers were delivered. */
  async look(nowMs: number): Promise<number> {
    for (const account of this.store.accounts) await this.#takeIn(account);
    let delivered = 0;
    for (const mail of this.journal.due(nowMs)) {
      if (await this.#answer(mail, nowMs)) delivered += 1;
    }
    return delivered;
  }

  /** All of the folder each time, not from a cursor on: a mail carried on after a crash shows up with an old time. */
  async #takeIn(account: StoreAccount): Promise<void> {
    for (const entryId of await listEntryIds(this.store, account, "sent")) {
      if (this.journal.hasSeen(entryId)) continue;
      const mail = await readMail(this.store, account, "sent", entryId);
      if (mail) await this.journal.add({ seen: this.#plan(account, mail) });
    }
  }

  #plan(account: StoreAccount, mail: StoredMail): SeenMail {
    const step = mail.inReplyTo === null ? 1 : stepAfter(this.journal.stepOf(mail.inReplyTo));
    const persona = this.#personaOf(mail);
    const answers =
      step > 0 &&
      persona.kind !== "silent" &&
      (persona.answersStep === "every" || persona.answersStep === step);
    return {
      account: account.address,
      entryId: mail.entryId,
      messageId: mail.internetMessageId,
      step,
      dueAtMs: answers ? Date.parse(mail.receivedUtc ?? "") + this.#delay(persona) : null,
    };
  }

  async #answer(seen: SeenMail, nowMs: number): Promise<boolean> {
    const account = this.store.accounts.find(({ address }) => address === seen.account);
    const mail = account && (await readMail(this.store, account, "sent", seen.entryId));
    const source = mail ? writeAnswer(mail, this.#personaOf(mail), nowMs) : null;
    const entryId =
      account && source !== null
        ? await deliverToInbox(this.store, account, source, { nowMs, identity: `owners/${seen.entryId}` })
        : null;
    await this.journal.add({ answered: seen.entryId });
    return entryId !== null;
  }

  #personaOf(mail: StoredMail): Persona {
    const address = mail.to[0] ?? "";
    return this.settings.personaFor?.(address) ?? personaOf(address, this.settings.seed);
  }

  #delay(persona: Persona): number {
    const { minDelayMs, maxDelayMs } = this.settings;
    const machine = /bounce|out_of_office/.test(persona.kind);
    return machine ? minDelayMs : minDelayMs + persona.haste * Math.max(0, maxDelayMs - minDelayMs);
  }
}

/** An answer on something that is not ours is a conversation with an owner, not a step. */
function stepAfter(step: number | undefined): number {
  return step ? step + 1 : 0;
}
