import { isBusy, isDenied, isGone } from "./failure.mts";
import { utcMs } from "./times.mts";

var TAG = "http://schemas.microsoft.com/mapi/proptag/";
// PS_INTERNET_HEADERS (MS-OXPROPS 1.3.2): a named property of this set becomes a header of the mail and is found again by
// a folder's Find. UserProperties would turn the mail into a one-off form.
var HEADER = "http://schemas.microsoft.com/mapi/string/{00020386-0000-0000-C000-000000000046}/";

/** Properties by their MAPI names (MS-OXPROPS). */
export var PROPERTY = {
  key: `${HEADER}X-Outreach-Id`,
  listUnsubscribePost: `${HEADER}List-Unsubscribe-Post`,
  /** The header has a tag of its own (MS-OXCMAIL 2.1.3.2.15). */
  listUnsubscribe: `${TAG}0x1045001F`,
  deliveryTime: `${TAG}0x0E060040`,
  submitTime: `${TAG}0x00390040`,
  messageId: `${TAG}0x1035001F`,
  inReplyTo: `${TAG}0x1042001F`,
  references: `${TAG}0x1039001F`,
  transportHeaders: `${TAG}0x007D001F`,
  senderSmtp: `${TAG}0x5D01001F`,
  representingSmtp: `${TAG}0x5D02001F`,
  smtpAddress: `${TAG}0x39FE001F`,
  body: `${TAG}0x1000001F`,
};

/** What has MAPI properties: a mail, a report, a meeting request, a recipient. */
export interface WithProperties {
  readonly PropertyAccessor: Outlook.PropertyAccessor;
}

/** Errors that are about Outlook as a whole. Taking them for "this mail has none" would store empty mail. */
function isAboutOutlook(error: unknown): boolean {
  return isBusy(error) || isDenied(error) || isGone(error);
}

/**
 * A value of one item, null when this item has none or will not show it (encrypted, damaged, of another class).
 * Throws what is about Outlook as a whole.
 */
export function readValue<Value>(read: () => Value): Value | null {
  try {
    var value = read();
    return value === undefined ? null : value;
  } catch (error) {
    if (isAboutOutlook(error)) throw error;
    return null;
  }
}

/** A text property, null when it is missing or empty. */
export function textOf(item: WithProperties, property: string): string | null {
  var value = readValue(() => item.PropertyAccessor.GetProperty(property) as unknown);
  return typeof value === "string" && value !== "" ? value : null;
}

/** A time property in UTC milliseconds, null when it is missing. */
export function timeOf(item: WithProperties, property: string): number | null {
  return readValue(() => {
    var accessor = item.PropertyAccessor;
    var value = accessor.GetProperty(property) as VarDate | null;
    return value === null || value === undefined ? null : utcMs(accessor, value);
  });
}
