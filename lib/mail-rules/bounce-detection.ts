import { quoteForWhy } from "@/lib/files/text-limits";
import { parseDeliveryStatus, type RecipientStatus } from "./delivery-status-fields";
import { headerValue, type ParsedMail, reportContents } from "./mail-types";

/** Senders that are mail systems: the conventional mailboxes (RFC 5321, 2.3.5; RFC 2142) and product names. */
const DAEMON_ADDRESS =
  /^(?:mailer-?daemon|mail-?daemon|mdaemon|postmaster|post_?master|mail[._-]?delivery[._-]?(?:sub)?system|mailer|daemon|mail-?(?:admin|relay|server|gateway|agent|robot)|smtp-?(?:server|gateway|daemon)\d*|mailadm(?:in)?|double-bounce|bounces?|microsoftexchange[0-9a-f]*|symantec_antivirus\S*|mta-?daemon)(?:[+-][^@]*)?(?:@|$)/i;
const DAEMON_NAME =
  /\b(?:mail(?:er)?[ -]?(?:delivery|daemon)|delivery (?:sub)?system|mail delivery|postmaster|system administrator|mail administrator|microsoft outlook|mail system|internet mail delivery)\b/i;

/** A mailbox that writes nothing but reports; "postmaster" may also be a person. */
const DAEMON_ONLY = /^mailer-?daemon(?:[+-][^@]*)?(?:@|$)/i;

/** Subjects of non-delivery and delay reports. Whole phrases, because a person writes about "the delivery report" too. */
const SUBJECT =
  /undeliver(?:ed|able)|returned (?:e-?)?mail\b|mail (?:system )?error|(?:mail )?delivery warning|duplicated message-id|(?:delivery|mail|message) (?:status )?(?:notification|report|has failed|failure|failed|delayed|incomplete|error)|failure notice|fail(?:ed|ure) (?:mail|delivery)|failed mail|delivery (?:has been )?(?:failed|delayed)|could ?n[o']t (?:be )?(?:send|sent|deliver)|not delivered|delayed mail|message (?:delayed|undeliverable)|warning: (?:message|could not send)|user unknown|non.?remis|nicht zustellbar|unzustellbar|zustellung (?:fehlgeschlagen|verzögert)|no se (?:puede|ha podido) entregar|non recapitabile|mancato recapito|onbestelbaar|kan niet worden bezorgd|não (?:foi )?entregue|не доставлен|配信不能|退信|无法投递|エラーメール|error sending your mail|processing error|problem delivering|delivery problem/i;

/** Subjects that begin as only a report's subject does; with no sign of an answer they need no second sign. */
const REPORT_SUBJECT =
  /^(?:undeliver(?:able|ed)\b|returned mail\b|failure notice|delivery (?:status notification|failure)\b|(?:mail|message) delivery (?:failed|failure|status|system|error)|mail system error|non-?delivery|(?:message|mail) undeliverable|failed mail|undelivered mail|nicht zustellbar|unzustellbar|non remis|onbestelbaar|no se puede entregar)/i;

/** Some systems put their finding behind our own subject: "RE: Your lot : non remis (delivery failed)". */
const REPORT_TAIL =
  /(?:non remis|delivery fail(?:ed|ure)|undeliver(?:ed|able)|not delivered|user unknown)\W{0,4}$/i;

/** What a mail system says in the first lines of a report. */
const BODY =
  /(?:could|can|was|were|did|has|have|is|are)(?: ?not|n['’]t)(?: yet)?(?: be(?:en)?)?(?: able to)? (?:deliver|be delivered|reach|accepted|transmitted|send|sent)\b|(?:delivery|message|mail)(?: \w+){0,8} (?:has |have )?(?:been )?(?:failed|delayed|undeliverable|returned because)|delivery (?:to|has|incomplete)|mail (?:system|delivery (?:agent|software)|transfer agent) at|(?:deliver|qmail-\w+|postfix|sendmail|mail) program at|created automatically by mail delivery software|following address(?:es)? (?:had|failed)|permanent(?: fatal)? errors?|unable to deliver|undeliverable|trouble delivering|error delivering|problem delivering|(?:is|was) not delivered to|transcript of session|no such user|user unknown|unknown (?:user|recipient)|mailbox (?:is )?(?:full|unavailable)|invalid (?:final delivery userid|recipient)|intended recipient:|delivery failed|not a member of this mailing list|did not exactly match|notificationType\W{1,8}Bounce|niet worden bezorgd|konnte nicht (?:zugestellt|übermittelt)|n['’]a pas pu être (?:remis|distribué|livré)|no se (?:pudo|ha podido|puede) entregar|impossibile (?:recapitare|consegnare)|não (?:pôde|pode) ser entregue|не может быть доставлено|邮件无法|配信できません|delivered to the following|has been (?:postponed|deferred|delayed|queued)|full mailbox|duplicated message-id|rejected your message|not accept(?:ed)? your message|restricted SMS|(?:message|mail|e-?mail|it) (?:was|is|has been|will be) (?:not delivered|undelivered|undeliverable|returned|rejected|refused|bounced|blocked)|(?:cannot|can['’]t|will not|won['’]t) be delivered|(?:has|have|was|been) (?:automatically )?(?:rejected|returned to (?:you|sender))|failed recipient|recipients? (?:rejected|failed|unknown|not found|could not|cannot|does not|is not|are not|was not|refused)|(?:address|account|mailbox|user|recipient|person)\b[^\n]{0,80}\b(?:does ?n[o']t exist|not (?:found|known|exist|valid|recogni[sz]ed|active)|unknown|invalid|disabled|closed|suspended|over quota|is full|no longer)|no longer (?:in use|valid|available|works|employed|with|active)|quota exceeded|could not (?:find|locate|resolve)|(?:reason|diagnostic|smtp) ?(?:for (?:the )?failure|code|error)|remote (?:host|server|system) said|giving up|retry timeout|^[245]\d\d[ -][245]\.\d\.\d/im;

/** Openings no person writes: enough alone, for reports that reach us as a bare body. */
const STRONG_BODY =
  /^(?:.{0,300}\n){0,6}.{0,160}(?:this is the (?:mail system|postfix program|qmail-send program|mail delivery (?:agent|system)|machine generated message)|hi\. this is the \S+ program|this message was created automatically by (?:the )?mail|i'm sorry to have to inform you that (?:your|the) message|delivery has failed to these recipients|the following message to \S{3,254} was undeliverable|\S{3,254} rejected your message to the following|your message to \S{3,254} could(?:n't| not) be delivered|this is an automatically generated delivery status notification|the following (?:address(?:es)?|recipients?)(?:\(es\)|\(s\))? (?:had permanent|failed)|\*\* (?:delivery incomplete|message not delivered|address not found|message blocked) \*\*|uw bericht kan niet worden bezorgd|ihre nachricht (?:konnte|wurde) .{0,60}nicht|could not be delivered to (?:the following|one or more) recipients?|(?:could|was) not (?:be )?delivered to:? <?[^\s@<>]{1,128}@|an error occurred while trying to deliver the mail)/i;

/** A parcel service also writes "Delivery notification"; a report says that something went wrong. */
const NEGATION =
  /\bnot\b|n['’]t\b|fail|undeliver|reject|unable|unknown|returned|error|no such|full|block|refus|invalid|delay|postpon|no longer|non remis|nicht|pas pu/i;

const ANSWER_SUBJECT = /^\s*(?:re|aw|fwd?|wg|tr|rv|sv|antw|r|i)\s?(?:\[\d+\])?:/i;

/** Why a mail is a report of non-delivery or delay; null when it is not one. */
export function detectBounce(mail: ParsedMail, notice: string): string | null {
  if (/^REPORT\..*\.(?:NDR|DELAYED)$/i.test(mail.messageClass ?? "")) {
    return `Outlook filed it as ${mail.messageClass}`;
  }
  const failed = deliveryStatuses(mail).find((one) => !/^(?:delivered|relayed|expanded)$/.test(one.action));
  if (failed) return `its delivery status (RFC 3464) says "${`${failed.action} ${failed.status}`.trim()}"`;
  if (headerValue(mail, "x-failed-recipients")) return "it has an X-Failed-Recipients field";
  const contentType = headerValue(mail, "content-type");
  if (/report-type\s*=\s*"?delivery-status/i.test(contentType))
    return "it is a multipart/report of delivery status";

  const top = notice.slice(0, 6_000);
  const body = BODY.exec(unquoted(top))?.[0];
  const answers =
    ANSWER_SUBJECT.test(mail.subject) && (mail.inReplyTo !== null || !REPORT_TAIL.test(mail.subject));
  const subject = answers ? undefined : SUBJECT.exec(mail.subject)?.[0];
  const reported = /multipart\/report/i.test(contentType);
  if ((isDaemon(mail) || reported) && (body || subject)) {
    return `a mail system wrote "${quoteForWhy(body ?? subject ?? "", 80)}"`;
  }
  if (DAEMON_ONLY.test(mail.from?.address ?? "") && !mail.inReplyTo) return "MAILER-DAEMON sent it";
  if (subject && body && NEGATION.test(top) && isUnanswerable(mail))
    return `its subject says "${quoteForWhy(subject, 60)}" and its text "${quoteForWhy(body, 60)}"`;
  if (!mail.inReplyTo && REPORT_SUBJECT.test(mail.subject))
    return `its subject says "${quoteForWhy(mail.subject, 60)}"`;
  const strong = STRONG_BODY.exec(top);
  if (strong && !ANSWER_SUBJECT.test(mail.subject))
    return `it opens with "${quoteForWhy(strong[0].split("\n").at(-1) ?? "", 80)}"`;
  if (body && /notificationType\W{1,8}Bounce|not a member of this mailing list/i.test(top)) {
    return `its text says "${quoteForWhy(body, 80)}"`;
  }
  return null;
}

/** Every per-recipient group of the mail's delivery-status parts. */
export function deliveryStatuses(mail: ParsedMail): RecipientStatus[] {
  const parts = reportContents(mail, "message/delivery-status", "message/global-delivery-status");
  return parts.flatMap(parseDeliveryStatus);
}

/** A sender no person reads: by address, by display name, or with no address at all. */
export function isDaemon(mail: ParsedMail): boolean {
  const address = mail.from?.address ?? "";
  const name = mail.from?.name ?? "";
  const rawFrom = headerValue(mail, "from");
  return (
    DAEMON_ADDRESS.test(address) ||
    DAEMON_ADDRESS.test(name) ||
    DAEMON_NAME.test(`${name} ${rawFrom}`) ||
    /<>/.test(rawFrom)
  );
}

/** Nothing in the header says that a person answered in a thread. */
function isUnanswerable(mail: ParsedMail): boolean {
  return !mail.inReplyTo || /<>/.test(headerValue(mail, "return-path"));
}

function unquoted(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^\s*>/.test(line))
    .join("\n");
}
