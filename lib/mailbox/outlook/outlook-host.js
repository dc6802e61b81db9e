// outlook-host.js: the Outlook host for classic Outlook on Windows. JScript (ES3), ASCII only, run by
//   cscript.exe //Nologo outlook-host.js REQUEST.json
// It keeps the contract of contract.ts: one JSON request in the file, one line of ASCII JSON on standard output.
// Outlook must already run in the same Windows session, at the same elevation.
var FOLDERS = { outbox: 4, sent: 5, inbox: 6, drafts: 16, junk: 23 };
var MAIL = 43, REPORT = 46;
var TAG = "http://schemas.microsoft.com/mapi/proptag/";
// A named internet header: it travels with the mail and is found again by a folder's Find. UserProperties would turn the
// mail into a one-off form.
var KEY = "http://schemas.microsoft.com/mapi/string/{00020386-0000-0000-C000-000000000046}/X-Outreach-Id";
var PROP = { delivery: "0x0E060040", submit: "0x00390040", messageId: "0x1035001F", inReplyTo: "0x1042001F", references: "0x1039001F", headers: "0x007D001F", senderSmtp: "0x5D01001F", reprSmtp: "0x5D02001F", smtp: "0x39FE001F", body: "0x1000001F" };
var BUSY_REJECTED = -2147418111, BUSY_RETRY_LATER = -2147417846;
// A walk over an inbox stops here even when nothing older was met; the caller asks again from a later instant.
var MAX_WALK = 5000;
// Set at the moment Outlook is told to send: an error before it means the mail surely did not leave.
var handedOver = false;

function quote(text) {
  var out = '"', i, c;
  for (i = 0; i < text.length; i++) {
    c = text.charCodeAt(i);
    if (c === 34 || c === 92) out += "\\" + text.charAt(i);
    else if (c < 32 || c > 126) out += "\\u" + ("0000" + c.toString(16)).slice(-4);
    else out += text.charAt(i);
  }
  return out + '"';
}
function toJson(v) {
  var k, parts = [];
  if (v === null || v === undefined || typeof v === "unknown") return "null";
  if (typeof v === "number") return isFinite(v) ? String(v) : "null";
  if (typeof v === "boolean") return v ? "true" : "false";
  if (typeof v === "string") return quote(v);
  if (v instanceof Array) {
    for (k = 0; k < v.length; k++) parts.push(toJson(v[k]));
    return "[" + parts.join(",") + "]";
  }
  for (k in v) if (v.hasOwnProperty(k)) parts.push(quote(k) + ":" + toJson(v[k]));
  return "{" + parts.join(",") + "}";
}
// The engine has no JSON object: json2.js' check that nothing but JSON is there, then eval.
function fromJson(s) {
  var t = s.replace(/\\(?:["\\\/bfnrt]|u[0-9a-fA-F]{4})/g, "@").replace(/"[^"\\\n\r]*"|true|false|null|-?\d+(?:\.\d*)?(?:[eE][+\-]?\d+)?/g, "]").replace(/(?:^|:|,)(?:\s*\[)+/g, "");
  if (!/^[\],:{}\s]*$/.test(t)) throw new Error("the request is not JSON");
  return eval("(" + s + ")");
}
function pad(n) { return (n < 10 ? "0" : "") + n; }
function iso(ms) {
  var d = new Date(ms);
  return d.getUTCFullYear() + "-" + pad(d.getUTCMonth() + 1) + "-" + pad(d.getUTCDate()) + "T" + pad(d.getUTCHours()) + ":" + pad(d.getUTCMinutes()) + ":" + pad(d.getUTCSeconds()) + "Z";
}
// PropertyAccessor hands PT_SYSTIME out in UTC; JScript reads a VT_DATE as local wall clock.
function msFromUtcVarDate(v) {
  var d = new Date(v);
  return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds());
}
function msFromIso(s) {
  var m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(s);
  if (!m) throw new Error("bad date " + s);
  return Date.UTC(+m[1], m[2] - 1, +m[3], +m[4], +m[5], +m[6]);
}
function prop(item, tag) {
  try { return item.PropertyAccessor.GetProperty(tag.charAt(0) === "0" ? TAG + tag : tag); } catch (missing) { return null; }
}
function timeOf(item, tag) {
  var v = prop(item, tag);
  return v === null ? null : msFromUtcVarDate(v);
}
// Outlook answers "busy" while a dialog is open or it synchronises; that passes.
function whenFree(act) {
  for (var i = 0; ; i++) {
    try { return act(); } catch (e) {
      if (i >= 5 || (e.number !== BUSY_REJECTED && e.number !== BUSY_RETRY_LATER)) throw e;
      try { WScript.Sleep(200 * (i + 1)); } catch (noSleep) { }
    }
  }
}
function findAccount(session, address) {
  var i, a;
  for (i = 1; i <= session.Accounts.Count; i++) {
    a = session.Accounts.Item(i);
    if (String(a.SmtpAddress).toLowerCase() === address.toLowerCase()) return a;
  }
  throw new Error("Outlook has no account " + address);
}
function folderOf(session, account, name) {
  // Each account may deliver into a store of its own.
  var store = null;
  try { store = account.DeliveryStore; } catch (none) { }
  return store ? store.GetDefaultFolder(FOLDERS[name]) : session.GetDefaultFolder(FOLDERS[name]);
}
function senderAddress(item) {
  var s = prop(item, PROP.senderSmtp), user;
  if (s) return s;
  try { if (item.SenderEmailType !== "EX") return item.SenderEmailAddress; } catch (e1) { }
  try { user = item.Sender.GetExchangeUser(); if (user && user.PrimarySmtpAddress) return user.PrimarySmtpAddress; } catch (e2) { }
  s = prop(item, PROP.reprSmtp);
  if (s) return s;
  try { return item.Sender.PropertyAccessor.GetProperty(TAG + PROP.smtp); } catch (e3) { return null; }
}
function found(folder, item) {
  var at = timeOf(item, PROP.submit);
  return { folder: folder, entryId: item.EntryID, conversationId: item.ConversationID || null, internetMessageId: prop(item, PROP.messageId), sentAtUtc: at === null ? null : iso(at) };
}
function find(session, account, key) {
  var names = ["sent", "outbox", "drafts"], i, item;
  if (!/^[A-Za-z0-9_\-]{8,64}$/.test(key)) throw new Error("bad idempotency id");
  for (i = 0; i < names.length; i++) {
    item = folderOf(session, account, names[i]).Items.Find('@SQL="' + KEY + "\" = '" + key + "'");
    if (item) return found(names[i], item);
  }
  return null;
}
function send(app, session, request) {
  var account = findAccount(session, request.account), before = find(session, account, request.idempotencyId), mail;
  if (before && before.folder !== "drafts") return { status: "already", item: before };
  if (before) mail = session.GetItemFromID(before.entryId); // left between Save and Send: this is that mail
  else {
    mail = request.replyToEntryId ? session.GetItemFromID(request.replyToEntryId).Reply() : app.CreateItem(0);
    mail.PropertyAccessor.SetProperty(KEY, request.idempotencyId);
  }
  mail.SendUsingAccount = account;
  mail.To = request.to.join("; ");
  mail.CC = "";
  mail.Subject = request.subject;
  mail.BodyFormat = 1;
  mail.Body = request.bodyText.replace(/\r\n?|\n/g, "\r\n");
  if (!mail.Recipients.ResolveAll()) throw new Error("a recipient cannot be resolved");
  mail.Save();
  handedOver = true;
  whenFree(function () { mail.Send(); });
  return { status: "submitted", item: find(session, account, request.idempotencyId) };
}
function describe(item, at) {
  var row = { entryId: item.EntryID, messageClass: item.MessageClass, kind: "other", conversationId: item.ConversationID || null, subject: item.Subject, receivedUtc: at === null ? null : iso(at), internetMessageId: prop(item, PROP.messageId), inReplyTo: prop(item, PROP.inReplyTo), references: prop(item, PROP.references), headers: prop(item, PROP.headers), from: null, fromName: null, to: [], bodyText: "", bodyHtml: null, rawSource: null, attachments: [] }, i;
  if (item.Class === MAIL) {
    row.kind = "mail";
    row.from = senderAddress(item);
    row.fromName = item.SenderName;
    row.bodyText = item.Body;
    try { row.bodyHtml = item.HTMLBody || null; } catch (e1) { }
    try { for (i = 1; i <= item.Attachments.Count; i++) row.attachments.push({ filename: String(item.Attachments.Item(i).FileName), sizeBytes: item.Attachments.Item(i).Size }); } catch (e2) { }
  } else if (item.Class === REPORT) {
    row.kind = "report";
    row.bodyText = prop(item, PROP.body) || item.Body; // ReportItem.Body may be mis-decoded
  }
  return row;
}
function list(session, request) {
  var account = findAccount(session, request.account), since = msFromIso(request.sinceUtc);
  var tag = request.folder === "sent" ? PROP.submit : PROP.delivery;
  var items = folderOf(session, account, request.folder).Items, near = [], out = [], item, at, i, walked = 0;
  // Newest first, compared in UTC, stopped at the first older: no date ever goes into a filter as text.
  items.Sort(request.folder === "sent" ? "[SentOn]" : "[ReceivedTime]", true);
  for (item = items.GetFirst(); item && walked < MAX_WALK; item = items.GetNext()) {
    walked++;
    at = timeOf(item, tag);
    if (at !== null && at < since) break;
    near.push({ id: item.EntryID, at: at });
  }
  // Oldest first is what the caller gets, so that a page never jumps over unread mail.
  for (i = near.length - 1; i >= 0 && out.length < request.limit; i--) out.push(describe(session.GetItemFromID(near[i].id), near[i].at));
  return { items: out, more: near.length > out.length };
}
function ping(app, session) {
  var accounts = [], i;
  for (i = 1; i <= session.Accounts.Count; i++) accounts.push(String(session.Accounts.Item(i).SmtpAddress).toLowerCase());
  return { product: "Microsoft Outlook", version: String(app.Version), standIn: false, accounts: accounts, trusted: app.IsTrusted };
}
function readRequest() {
  var file = new ActiveXObject("Scripting.FileSystemObject").OpenTextFile(WScript.Arguments.Item(0), 1), text = file.ReadAll();
  file.Close();
  return text;
}
function main() {
  var request, app, session, result;
  try {
    request = fromJson(readRequest());
    app = new ActiveXObject("Outlook.Application");
    session = app.GetNamespace("MAPI");
    session.Logon("", "", false, false);
    if (request.action === "ping") result = ping(app, session);
    else if (request.action === "send") result = send(app, session, request);
    else if (request.action === "find") result = { item: find(session, findAccount(session, request.account), request.idempotencyId) };
    else if (request.action === "list") result = list(session, request);
    else throw new Error("unknown action " + request.action);
    WScript.Echo(toJson({ ok: true, result: result }));
    return 0;
  } catch (e) {
    WScript.Echo(toJson({ ok: false, error: { message: e.message || String(e), hresult: "0x" + ((e.number || 0) >>> 0).toString(16), notSent: !handedOver } }));
    return 1;
  }
}
WScript.Quit(main());
