import { comError, type FakeOutlook, HRESULT, type StoredItem, TAG } from "./fake-outlook";
import { FakeVarDate } from "./var-date";

function accessorOf(stored: StoredItem) {
  return {
    GetProperty: (name: string) => {
      const refused = stored.throws[name];
      if (refused !== undefined) throw comError(refused, "Operation aborted");
      const value = stored.props[name];
      if (value === undefined)
        throw comError(HRESULT.notFound, "The property is unknown or cannot be found.");
      return name.endsWith("0040") ? FakeVarDate.ofUtc(Number(value)) : value;
    },
    SetProperty: (name: string, value: string) => {
      stored.props[name] = value;
    },
    UTCToLocalTime: (value: FakeVarDate) => value.toLocal(),
  };
}

function recipientsOf(outlook: FakeOutlook, to: string) {
  const list = to.split(";").map((one) => one.trim());
  if (outlook.addsRecipient) list.push("somebody@else.example");
  return {
    Count: list.filter(Boolean).length,
    ResolveAll: () => list.every((one) => one.includes("@") && !one.startsWith("unknown@")),
    Item: (index: number) => ({
      Address: list[index - 1] ?? "",
      PropertyAccessor: accessorOf({ ...blank(), props: { [`${TAG}0x39FE001F`]: list[index - 1] ?? "" } }),
    }),
  };
}

function blank(): StoredItem {
  return {
    ...{ entryId: "", store: "main", folder: "", cls: 43, messageClass: "IPM.Note", conversationId: "" },
    ...{ subject: "", body: "", html: "", to: "", from: "", senderType: "SMTP", exchangeSmtp: null },
    ...{ attachments: [], throws: {}, account: null, props: {} },
  };
}

/** A new mail that is in no folder yet. */
export function draft(change: Partial<StoredItem>): StoredItem {
  return { ...blank(), ...change };
}

/** Hands a mail to the Outbox or straight to Sent Items; both give it a new entry id, as Outlook does. */
function submit(outlook: FakeOutlook, stored: StoredItem): void {
  stored.folder = outlook.outboxLooks > 0 ? "outbox" : "sent";
  stored.entryId = `S${stored.entryId}`;
  stored.props[`${TAG}0x00390040`] = Date.UTC(2026, 0, 1);
  stored.props[`${TAG}0x1035001F`] = `<${stored.entryId}@desk.example>`;
}

/** A stored item as the object model shows it. Only classes that have a member have it. */
export function comItem(outlook: FakeOutlook, stored: StoredItem): object {
  const item = {
    Class: stored.cls,
    MessageClass: stored.messageClass,
    EntryID: stored.entryId,
    ConversationID: stored.conversationId,
    Subject: stored.subject,
    Body: stored.body,
    HTMLBody: stored.html,
    To: stored.to,
    CC: "",
    BCC: "",
    BodyFormat: 2,
    Submitted: stored.folder === "outbox",
    Sent: stored.folder === "sent",
    SenderName: stored.from ? "Owner" : "",
    SenderEmailType: stored.senderType,
    SenderEmailAddress: stored.from,
    Sender: {
      GetExchangeUser: () => (stored.exchangeSmtp ? { PrimarySmtpAddress: stored.exchangeSmtp } : null),
      PropertyAccessor: accessorOf(stored),
    },
    Attachments: {
      Count: stored.attachments.length,
      Item: (index: number) => stored.attachments[index - 1],
    },
    PropertyAccessor: accessorOf(stored),
    get SendUsingAccount() {
      const account = stored.account;
      return account ? { SmtpAddress: account } : null;
    },
    set SendUsingAccount(account: { SmtpAddress: string } | null) {
      stored.account = outlook.ignoresAccount
        ? (outlook.accounts[0]?.address ?? null)
        : (account?.SmtpAddress ?? null);
    },
    get Recipients() {
      return recipientsOf(outlook, item.To);
    },
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
        throw comError(outlook.busyCode, "Call was rejected by callee.");
      }
      if (outlook.sendThrows !== null) throw comError(outlook.sendThrows, "Operation aborted");
      submit(outlook, stored);
      if (outlook.failAfterSend) throw comError(HRESULT.failed, "Something went wrong afterwards.");
    },
    Reply: () =>
      comItem(
        outlook,
        draft({ conversationId: stored.conversationId, subject: `RE: ${stored.subject}`, to: stored.from }),
      ),
  };
  for (const [member, code] of Object.entries(stored.throws))
    if (member in item)
      Object.defineProperty(item, member, {
        get: () => {
          throw comError(code, "Operation aborted");
        },
      });
  return item;
}
