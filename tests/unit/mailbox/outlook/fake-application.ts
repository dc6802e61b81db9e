import { comItem, draft } from "./fake-item";
import { comError, type FakeOutlook, HRESULT, TAG } from "./fake-outlook";

const FOLDER_NAMES: Readonly<Record<number, string>> = {
  4: "outbox",
  5: "sent",
  6: "inbox",
  16: "drafts",
  23: "junk",
};

/** `Outlook.Application` over the fake's items. */
export function application(outlook: FakeOutlook): object {
  if (!outlook.isInstalled) throw comError(HRESULT.noServer, "Automation server can't create object");
  const folder = (store: string, number: number) => ({
    Items: items(outlook, store, FOLDER_NAMES[number] ?? ""),
  });
  const store = (id: string) => ({
    StoreID: id,
    GetDefaultFolder: (number: number) => folder(id, number),
  });
  const session = {
    Logon: () => undefined,
    Offline: false,
    DefaultStore: store("main"),
    Accounts: {
      get Count() {
        return outlook.accounts.length;
      },
      Item: (index: number) => {
        const account = outlook.accounts[index - 1];
        return account && { SmtpAddress: account.address, DeliveryStore: store(account.store) };
      },
    },
    GetDefaultFolder: (number: number) => folder("main", number),
    GetItemFromID: (id: string, storeId = "main") => {
      const found = outlook.items.find((item) => item.entryId === id && item.store === storeId);
      if (!found) throw comError(HRESULT.notFound, "The object could not be found.");
      return comItem(outlook, found);
    },
  };
  return {
    Version: "16.0.0.1",
    IsTrusted: true,
    Explorers: { Count: outlook.explorers },
    GetNamespace: () => {
      if (outlook.busySession > 0) {
        outlook.busySession--;
        throw comError(HRESULT.retryLater, "The message filter indicated that the application is busy.");
      }
      return session;
    },
    CreateItem: () => comItem(outlook, draft({ conversationId: `C-new-${outlook.items.length}` })),
  };
}

/** One Items object: unsorted until Sort is called on it, and live only in what it hands out. */
function items(outlook: FakeOutlook, store: string, folder: string) {
  if (folder === "sent" && outlook.outboxLooks > 0 && --outlook.outboxLooks === 0)
    for (const item of outlook.items) if (item.folder === "outbox") item.folder = "sent";
  let list = outlook.items.filter((item) => item.folder === folder && item.store === store);
  return {
    get Count() {
      return list.length;
    },
    Find: (filter: string) => {
      const [, property = "", value] = /^@SQL="([^"]+)" = '([^']*)'$/.exec(filter) ?? [];
      const found = list.find((item) => item.props[property] === value);
      return found ? comItem(outlook, found) : null;
    },
    Sort: (column: string, descending: boolean) => {
      const property = column === "[SentOn]" ? `${TAG}0x00390040` : `${TAG}0x0E060040`;
      const time = (index: (typeof list)[number]) => Number(index.props[property] ?? -1);
      list = [...list].sort((a, b) => (descending ? time(b) - time(a) : time(a) - time(b)));
    },
    Item: (index: number) => {
      outlook.opened++;
      const item = list[index - 1];
      if (!item) throw comError(HRESULT.notFound, "Array index out of bounds.");
      return comItem(outlook, item);
    },
  };
}
