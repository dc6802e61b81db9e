export const TAG = "http://schemas.microsoft.com/mapi/proptag/";
export const HEADER = "http://schemas.microsoft.com/mapi/string/{00020386-0000-0000-C000-000000000046}/";
export const KEY = `${HEADER}X-Outreach-Id`;

/** HRESULTs as JScript has them in `error.number`. */
export const HRESULT = {
  busy: 0x80010001 | 0,
  retryLater: 0x8001010a | 0,
  denied: 0x80004004 | 0,
  notFound: 0x8004010f | 0,
  failed: 0x80004005 | 0,
  noServer: 0x800a01ad | 0,
  disconnected: 0x800706ba | 0,
} as const;

export interface StoredItem {
  entryId: string;
  store: string;
  folder: string;
  cls: number;
  messageClass: string;
  conversationId: string;
  subject: string;
  body: string;
  html: string;
  to: string;
  from: string;
  senderType: string;
  /** SMTP address the Exchange directory has for the sender */
  exchangeSmtp: string | null;
  attachments: { FileName: string; Size: number }[];
  /** Members that throw this HRESULT when they are read, as on encrypted mail or behind a denied prompt */
  throws: Record<string, number>;
  account: string | null;
  props: Record<string, string | number>;
}

interface FakeAccount {
  address: string;
  /** Store it delivers into; the profile's default store is "main" */
  store: string;
}

/** What a test turns: the mails there are, and everything that can go wrong around them. */
export interface FakeOutlook {
  readonly items: StoredItem[];
  readonly accounts: FakeAccount[];
  /** Open windows; none means that automation itself started Outlook */
  explorers: number;
  isInstalled: boolean;
  /** So many calls for the session answer "busy" */
  busySession: number;
  /** So many calls of Send answer with `busyCode` */
  busy: number;
  busyCode: number;
  /** Send throws this HRESULT and the mail stays in Drafts */
  sendThrows: number | null;
  /** Send throws although the mail went */
  failAfterSend: boolean;
  /** How often a folder is looked into before sent mail moves from the Outbox to Sent Items */
  outboxLooks: number;
  /** Outlook ignores SendUsingAccount, as it does for an account that is not ready */
  ignoresAccount: boolean;
  /** Adds a recipient of its own to every mail */
  addsRecipient: boolean;
  /** Sleeps the script asked for, in ms */
  readonly slept: number[];
  /** Items opened by index */
  opened: number;
}

const DESK = "Desk@Example.com";

export function newOutlook(change: Partial<FakeOutlook> = {}): FakeOutlook {
  return {
    items: [],
    accounts: [{ address: DESK, store: "main" }],
    explorers: 1,
    isInstalled: true,
    busySession: 0,
    busy: 0,
    busyCode: HRESULT.busy,
    sendThrows: null,
    failAfterSend: false,
    outboxLooks: 0,
    ignoresAccount: false,
    addsRecipient: false,
    slept: [],
    opened: 0,
    ...change,
  };
}

/** A received item, with its delivery time as Outlook stores it (UTC milliseconds). */
export function received(entryId: string, atMs: number, change: Partial<StoredItem> = {}): StoredItem {
  return {
    entryId,
    store: "main",
    folder: "inbox",
    cls: 43,
    messageClass: "IPM.Note",
    conversationId: `C-${entryId}`,
    subject: `Subject of ${entryId}`,
    body: "Hello",
    html: "",
    to: "",
    from: "owner@oak.example",
    senderType: "SMTP",
    exchangeSmtp: null,
    attachments: [],
    throws: {},
    account: null,
    ...change,
    props: {
      [`${TAG}0x0E060040`]: atMs,
      [`${TAG}0x1035001F`]: `<${entryId}@oak.example>`,
      ...change.props,
    },
  };
}

/** An item of Sent Items. */
export function sentItem(entryId: string, atMs: number, change: Partial<StoredItem> = {}): StoredItem {
  return received(entryId, atMs, {
    folder: "sent",
    from: DESK,
    ...change,
    props: { [`${TAG}0x00390040`]: atMs, ...change.props },
  });
}

export function comError(number: number, message: string): Error {
  return Object.assign(new Error(message), { number });
}
