import { findAccount, foldersOf } from "./accounts.mts";
import { type AnyItem, describeItem, type ListedItem } from "./describe-item.mts";
import { PROPERTY, readValue, timeOf } from "./properties.mts";
import type { ListRequest } from "./request.mts";
import { fromIso } from "./times.mts";

var FOLDER: { [name: string]: Outlook.OlDefaultFolders } = { sent: 5, inbox: 6, junk: 23 };

/** An answer stops here even below the limit; what is left comes with the next page. */
var MAX_ANSWER = 20000000;

/**
 * Items at or after an instant, oldest first, so that a page never jumps over mail nobody read. The folder is sorted by
 * time and the first item is found by halving: twenty looks in a folder of a million mails. Times are compared in UTC; no
 * date goes into a filter as text, where Outlook would read it in the user's own format and zone.
 */
export function listMails(
  session: Outlook.NameSpace,
  request: ListRequest,
): { items: ListedItem[]; more: boolean } {
  var account = findAccount(session, request.account);
  var isSent = request.folder === "sent";
  var property = isSent ? PROPERTY.submitTime : PROPERTY.deliveryTime;
  var kind = FOLDER[request.folder] as Outlook.OlDefaultFolders;
  // Sorting and reading belong to one Items object; asking the folder again would give an unsorted one.
  var items = (foldersOf(session, account, kind)[0] as Outlook.Folder).Items;
  items.Sort(isSent ? "[SentOn]" : "[ReceivedTime]", false);
  var count = items.Count;
  var listed: ListedItem[] = [];
  var size = 0;
  var i = firstSince(items, count, property, fromIso(request.sinceUtc) || 0);
  for (; i <= count && listed.length < request.limit && size < MAX_ANSWER; i++) {
    var item = itemAt(items, i);
    // Moved away by a rule or a person since it was counted.
    if (!item) continue;
    var row = describeItem(item, timeOf(item, property), isSent);
    size += (row.bodyText || "").length + (row.bodyHtml || "").length + (row.headers || "").length + 1000;
    listed.push(row);
  }
  return { items: listed, more: i <= count };
}

function itemAt(items: Outlook.Items, index: number): AnyItem | null {
  return readValue(() => items.Item(index) as AnyItem);
}

/** The index (from 1) of the first item at or after `since`; items without a time sort before all others. */
function firstSince(items: Outlook.Items, count: number, property: string, since: number): number {
  var low = 1;
  var high = count + 1;
  while (low < high) {
    var middle = Math.floor((low + high) / 2);
    var item = itemAt(items, middle);
    var at = item && timeOf(item, property);
    if (at !== null && at >= since) high = middle;
    else low = middle + 1;
  }
  return low;
}
