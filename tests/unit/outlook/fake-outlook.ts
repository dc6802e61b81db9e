import { readFileSync } from "node:fs";
import vm from "node:vm";

const TAG = "http://schemas.microsoft.com/mapi/proptag/";
const FOLDER_NAMES: Readonly<Record<number, string>> = {
  4: "outbox",
  5: "sent",
  6: "inbox",
  16: "drafts",
  23: "junk",
};

export interface StoredItem {
  entryId: string;
  folder: string;
  cls: number;
  messageClass: string;
  conversationId: string;
  subject: string;
  body: string;
  to: string;
  from: string;
  props: Record<string, string | number>;
}

/** What a test turns: the mails there are, how often Outlook says "busy", and where a crash happens. */
export interface FakeOutlook {
  readonly items: StoredItem[];
  busy: number;
  failAfterSend: boolean;
}

export function newOutlook(): FakeOutlook {
  return { items: [], busy: 0, failAfterSend: false };
}

/** A received item, with its delivery time as Outlook stores it (UTC milliseconds). */
export function received(entryId: string, atMs: number, change: Partial<StoredItem> = {}): StoredItem {
  return {
    entryId,
    folder: "inbox",
    cls: 43,
    messageClass: "IPM.Note",
    conversationId: `C-${entryId}`,
    subject: `Subject of ${entryId}`,
    body: "Hello",
    to: "",
    from: "owner@oak.example",
    props: { [`${TAG}0x0E060040`]: atMs, [`${TAG}0x1035001F`]: `<${entryId}@oak.example>` },
    ...change,
  };
}

function comError(number: number, message: string): Error {
  return Object.assign(new Error(message), { number });
}

/** PropertyAccessor hands times out as a local wall clock that reads like UTC, as a VT_DATE does in JScript. */
function asVarDate(ms: number): Date {
  const utc = new Date(ms);
  return new Date(
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    utc.getUTCSeconds(),
  );
}

/** Runs the real script in a VM against a fake object model, as cscript would against Outlook. */
export function callHost(
  outlook: FakeOutlook,
  request: object,
): { ok: boolean; result?: unknown; error?: unknown } {
  const lines: string[] = [];
  const script = readFileSync("lib/mailbox/outlook/outlook-host.js", "utf8");
  const sandbox = {
    WScript: {
      Arguments: { length: 1, Item: () => "request.json" },
      Echo: (line: string) => lines.push(line),
      Sleep: () => undefined,
      Quit: () => undefined,
    },
    ActiveXObject: function activeX(this: unknown, id: string) {
      return id === "Outlook.Application" ? application(outlook) : fileSystem(JSON.stringify(request));
    },
    Date,
  };
  vm.runInNewContext(script, sandbox);
  return JSON.parse(lines.at(-1) ?? "{}");
}

function fileSystem(text: string) {
  const ascii = text.replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { OpenTextFile: () => ({ ReadAll: () => ascii, Close: () => undefined }) };
}

function application(outlook: FakeOutlook) {
  const session = {
    Logon: () => undefined,
    Accounts: { Count: 1, Item: () => ({ SmtpAddress: "Desk@Example.com" }) },
    GetDefaultFolder: (number: number) => ({ Items: items(outlook, FOLDER_NAMES[number] ?? "") }),
    GetItemFromID: (id: string) => {
      const found = outlook.items.find((item) => item.entryId === id);
      if (!found) throw comError(-2147221233, "The object could not be found.");
      return comItem(outlook, found);
    },
  };
  return {
    Version: "16.0.0.1",
    IsTrusted: true,
    GetNamespace: () => session,
    CreateItem: () => comItem(outlook, draft(`C-new-${outlook.items.length}`, "", "")),
  };
}

function draft(conversationId: string, subject: string, to: string): StoredItem {
  return { ...received("", 0), folder: "", conversationId, subject, to, body: "", props: {} };
}

function items(outlook: FakeOutlook, folder: string) {
  let list = outlook.items.filter((item) => item.folder === folder);
  let position = 0;
  const next = () => {
    const item = list[position++];
    return item ? comItem(outlook, item) : null;
  };
  return {
    Find: (filter: string) => {
      const [, property = "", value] = /^@SQL="([^"]+)" = '([^']*)'$/.exec(filter) ?? [];
      const found = list.find((item) => item.props[property] === value);
      return found ? comItem(outlook, found) : null;
    },
    Sort: () => {
      const time = (item: StoredItem) => Number(item.props[`${TAG}0x0E060040`] ?? 0);
      list = [...list].sort((a, b) => time(b) - time(a));
    },
    GetFirst: () => {
      position = 0;
      return next();
    },
    GetNext: next,
  };
}

function comItem(outlook: FakeOutlook, stored: StoredItem): object {
  const accessor = {
    GetProperty: (name: string) => {
      const value = stored.props[name];
      if (value === undefined) throw comError(-2147221233, "The property is unknown.");
      return name.endsWith("0040") ? asVarDate(Number(value)) : value;
    },
    SetProperty: (name: string, value: string) => {
      stored.props[name] = value;
    },
  };
  const item = {
    Class: stored.cls,
    MessageClass: stored.messageClass,
    EntryID: stored.entryId,
    ConversationID: stored.conversationId,
    Subject: stored.subject,
    Body: stored.body,
    To: stored.to,
    SenderName: "Owner",
    SenderEmailType: "SMTP",
    SenderEmailAddress: stored.from,
    PropertyAccessor: accessor,
    Recipients: { ResolveAll: () => item.To.includes("@") },
    Save: () => {
      Object.assign(stored, { to: item.To, subject: item.Subject, body: item.Body });
      if (stored.entryId) return;
      stored.entryId = item.EntryID = `E${outlook.items.length + 1}`;
      stored.folder = "drafts";
      outlook.items.push(stored);
    },
    Send: () => {
      if (outlook.busy > 0) {
        outlook.busy--;
        throw comError(-2147418111, "Call was rejected by callee.");
      }
      stored.folder = "sent";
      stored.entryId = `S${stored.entryId}`;
      stored.props[`${TAG}0x00390040`] = Date.UTC(2026, 0, 1);
      stored.props[`${TAG}0x1035001F`] = `<${stored.entryId}@desk.example>`;
      if (outlook.failAfterSend) throw comError(-2147352567, "Something went wrong afterwards.");
    },
    Reply: () => comItem(outlook, draft(stored.conversationId, `RE: ${stored.subject}`, stored.from)),
  };
  return item;
}
