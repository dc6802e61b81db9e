import { PROPERTY, readValue, textOf } from "./properties.mts";

interface Sent {
  readonly SenderEmailType: string;
  readonly SenderEmailAddress: string;
  readonly PropertyAccessor: Outlook.PropertyAccessor;
  readonly Sender?: Outlook.AddressEntry;
}

/** The sender's SMTP address. Inside an Exchange organisation Outlook shows an X.500 name; the order is from sure to vague. */
export function senderAddress(item: Sent): string | null {
  var address = textOf(item, PROPERTY.senderSmtp);
  if (address) return address;
  var type = readValue(() => item.SenderEmailType);
  if (type !== "EX") return readValue(() => item.SenderEmailAddress) || null;
  var sender = readValue(() => item.Sender || null);
  var user = sender && exchangeAddress(sender);
  if (user) return user;
  return textOf(item, PROPERTY.representingSmtp) || (sender && textOf(sender, PROPERTY.smtpAddress));
}

/** Null for distribution lists and for people who were removed. */
function exchangeAddress(sender: Outlook.AddressEntry): string | null {
  return readValue(() => {
    var user = sender.GetExchangeUser() as Outlook.ExchangeUser | null;
    return user?.PrimarySmtpAddress || null;
  });
}

/** SMTP addresses of everybody a mail is addressed to. */
export function recipientAddresses(mail: Outlook.MailItem): string[] {
  var addresses: string[] = [];
  var recipients = readValue(() => mail.Recipients);
  for (var i = 1; recipients && i <= recipients.Count; i++) {
    var recipient = recipients.Item(i);
    var address = textOf(recipient, PROPERTY.smtpAddress) || recipient.Address;
    if (address) addresses.push(address);
  }
  return addresses;
}
