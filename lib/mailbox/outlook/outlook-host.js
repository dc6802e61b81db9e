// Generated from host/ by `npx tsx lib/mailbox/outlook/bundle-host.ts`. Do not edit.
// The Outlook host for classic Outlook on Windows: cscript.exe //Nologo //E:JScript outlook-host.js REQUEST.json
// One JSON request in the file, one line of ASCII JSON on standard output; contract.ts is the contract.
"use strict";
(function() {
  // host/failure.mts
  function failure(kind, message) {
    var error = new Error(message);
    error.kind = kind;
    return error;
  }
  var BUSY = [2147549185, 2147549450, 2147746059, 2147944123];
  var DENIED = [2147500036, 2148139295, 2147942405];
  var SIGN_IN = [2147746065, 2147746067, 2147746080, 2147746081, 2147746084];
  var GONE = [
    2148139437,
    2147746132,
    2148007941,
    2147746291,
    2147944122,
    2147549448,
    2147746069,
    2147746077,
    2147746304
  ];
  var REFUSED = [2147747335, 2147747584, 2147746565];
  function isOneOf(codes, code) {
    for (var i = 0; i < codes.length; i++) if (codes[i] === code) return true;
    return false;
  }
  function codeOf(error) {
    return ((error == null ? void 0 : error.number) || 0) >>> 0;
  }
  function isBusy(error) {
    return isOneOf(BUSY, codeOf(error));
  }
  function isDenied(error) {
    return isOneOf(DENIED, codeOf(error));
  }
  function isGone(error) {
    return isOneOf(GONE, codeOf(error));
  }
  function kindOf(error) {
    var known = error == null ? void 0 : error.kind;
    if (known) return known;
    if (isBusy(error)) return "busy";
    if (isDenied(error) || isOneOf(SIGN_IN, codeOf(error))) return "auth";
    if (isGone(error)) return "unreachable";
    if (isOneOf(REFUSED, codeOf(error))) return "rejected";
    return "failed";
  }
  function messageOf(error) {
    var text2 = String((error == null ? void 0 : error.message) || error);
    if (isDenied(error)) return "Outlook refused programmatic access (".concat(text2, "). Allow it in the Trust Center.");
    if (codeOf(error) === 2148139437 || codeOf(error) === 2147746132)
      return "Outlook cannot be started by another program (".concat(text2, "). Classic Outlook must be installed.");
    return text2;
  }

  // host/times.mts
  function pad(value) {
    return (value < 10 ? "0" : "") + value;
  }
  function toIso(ms) {
    var at = new Date(ms);
    var day = "".concat(at.getUTCFullYear(), "-").concat(pad(at.getUTCMonth() + 1), "-").concat(pad(at.getUTCDate()));
    return "".concat(day, "T").concat(pad(at.getUTCHours()), ":").concat(pad(at.getUTCMinutes()), ":").concat(pad(at.getUTCSeconds()), "Z");
  }
  function fromIso(text2) {
    var m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(text2);
    if (!m) return null;
    return Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]));
  }
  function wholeSeconds(ms) {
    return Math.floor(ms / 1e3) * 1e3;
  }
  var JUMPS_MIN = [-60, -30, 30, 60];
  function isMoved(wall) {
    for (var i = 0; i < JUMPS_MIN.length; i++) {
      var minutes = wall.getMinutes() + Number(JUMPS_MIN[i]);
      var other = new Date(
        wall.getFullYear(),
        wall.getMonth(),
        wall.getDate(),
        wall.getHours(),
        minutes,
        wall.getSeconds()
      );
      if (wholeSeconds(other.getTime()) === wholeSeconds(wall.getTime())) return true;
    }
    return false;
  }
  function utcMs(accessor, value) {
    var wall = new Date(value);
    if (isMoved(wall)) return wholeSeconds(new Date(accessor.UTCToLocalTime(value)).getTime());
    return Date.UTC(
      wall.getFullYear(),
      wall.getMonth(),
      wall.getDate(),
      wall.getHours(),
      wall.getMinutes(),
      wall.getSeconds()
    );
  }

  // host/properties.mts
  var TAG = "http://schemas.microsoft.com/mapi/proptag/";
  var HEADER = "http://schemas.microsoft.com/mapi/string/{00020386-0000-0000-C000-000000000046}/";
  var PROPERTY = {
    key: "".concat(HEADER, "X-Outreach-Id"),
    listUnsubscribePost: "".concat(HEADER, "List-Unsubscribe-Post"),
    /** The header has a tag of its own (MS-OXCMAIL 2.1.3.2.15). */
    listUnsubscribe: "".concat(TAG, "0x1045001F"),
    deliveryTime: "".concat(TAG, "0x0E060040"),
    submitTime: "".concat(TAG, "0x00390040"),
    messageId: "".concat(TAG, "0x1035001F"),
    inReplyTo: "".concat(TAG, "0x1042001F"),
    references: "".concat(TAG, "0x1039001F"),
    transportHeaders: "".concat(TAG, "0x007D001F"),
    senderSmtp: "".concat(TAG, "0x5D01001F"),
    representingSmtp: "".concat(TAG, "0x5D02001F"),
    smtpAddress: "".concat(TAG, "0x39FE001F"),
    body: "".concat(TAG, "0x1000001F")
  };
  function isAboutOutlook(error) {
    return isBusy(error) || isDenied(error) || isGone(error);
  }
  function readValue(read) {
    try {
      var value = read();
      return value === void 0 ? null : value;
    } catch (error) {
      if (isAboutOutlook(error)) throw error;
      return null;
    }
  }
  function textOf(item, property) {
    var value = readValue(function() {
      return item.PropertyAccessor.GetProperty(property);
    });
    return typeof value === "string" && value !== "" ? value : null;
  }
  function timeOf(item, property) {
    return readValue(function() {
      var accessor = item.PropertyAccessor;
      var value = accessor.GetProperty(property);
      return value === null || value === void 0 ? null : utcMs(accessor, value);
    });
  }

  // host/accounts.mts
  function findAccount(session, address) {
    var wanted = address.toLowerCase();
    for (var i = 1; i <= session.Accounts.Count; i++) {
      var account = session.Accounts.Item(i);
      if (String(account.SmtpAddress).toLowerCase() === wanted) return account;
    }
    throw failure("unknown-mailbox", "Outlook has no account ".concat(address));
  }
  function listAccounts(session) {
    var addresses = [];
    for (var i = 1; i <= session.Accounts.Count; i++)
      addresses.push(String(session.Accounts.Item(i).SmtpAddress).toLowerCase());
    return addresses;
  }
  function storeOf(account) {
    return readValue(function() {
      return account.DeliveryStore;
    });
  }
  function foldersOf(session, account, kind) {
    var folders = [];
    var store = storeOf(account);
    var main2 = readValue(function() {
      return session.DefaultStore;
    });
    if (store) folders.push(store.GetDefaultFolder(kind));
    if (!store || !main2 || store.StoreID !== main2.StoreID) folders.push(session.GetDefaultFolder(kind));
    return folders;
  }
  function openItem(session, account, entryId) {
    var store = storeOf(account);
    var inStore = store && readValue(function() {
      return session.GetItemFromID(entryId, store.StoreID);
    });
    if (inStore) return inStore;
    return readValue(function() {
      return session.GetItemFromID(entryId);
    });
  }

  // host/find-mail.mts
  var OUTBOX = 4;
  var SENT = 5;
  var DRAFTS = 16;
  function locateIn(session, account, kind, key) {
    var folders = foldersOf(session, account, kind);
    for (var i = 0; i < folders.length; i++) {
      var filter = '@SQL="'.concat(PROPERTY.key, "\" = '").concat(key, "'");
      var mail = folders[i].Items.Find(filter);
      if (mail) return mail;
    }
    return null;
  }
  function locateMail(session, account, key) {
    var mail = locateIn(session, account, SENT, key);
    if (mail) return { folder: "sent", mail: mail };
    mail = locateIn(session, account, OUTBOX, key);
    if (mail) return { folder: "outbox", mail: mail };
    mail = locateIn(session, account, DRAFTS, key);
    if (mail) return { folder: "drafts", mail: mail };
    mail = locateIn(session, account, SENT, key);
    return mail ? { folder: "sent", mail: mail } : null;
  }
  function describeFound(located) {
    var at = timeOf(located.mail, PROPERTY.submitTime);
    return {
      folder: located.folder,
      entryId: located.mail.EntryID,
      conversationId: located.mail.ConversationID || null,
      internetMessageId: textOf(located.mail, PROPERTY.messageId),
      sentAtUtc: at === null ? null : toIso(at)
    };
  }
  function findMail(session, account, key) {
    var located = locateMail(session, account, key);
    return located && describeFound(located);
  }

  // host/sender-address.mts
  function senderAddress(item) {
    var address = textOf(item, PROPERTY.senderSmtp);
    if (address) return address;
    var type = readValue(function() {
      return item.SenderEmailType;
    });
    if (type !== "EX") return readValue(function() {
      return item.SenderEmailAddress;
    }) || null;
    var sender = readValue(function() {
      return item.Sender || null;
    });
    var user = sender && exchangeAddress(sender);
    if (user) return user;
    return textOf(item, PROPERTY.representingSmtp) || sender && textOf(sender, PROPERTY.smtpAddress);
  }
  function exchangeAddress(sender) {
    return readValue(function() {
      var user = sender.GetExchangeUser();
      return (user == null ? void 0 : user.PrimarySmtpAddress) || null;
    });
  }
  function recipientAddresses(mail) {
    var addresses = [];
    var recipients = readValue(function() {
      return mail.Recipients;
    });
    for (var i = 1; recipients && i <= recipients.Count; i++) {
      var recipient = recipients.Item(i);
      var address = textOf(recipient, PROPERTY.smtpAddress) || recipient.Address;
      if (address) addresses.push(address);
    }
    return addresses;
  }

  // host/describe-item.mts
  var MAIL = 43;
  var REPORT = 46;
  var MAX_TEXT = 1e6;
  function cut(text2) {
    return text2 && text2.length > MAX_TEXT ? text2.slice(0, MAX_TEXT) : text2;
  }
  function kindOfItem(item) {
    if (item.Class === MAIL) return "mail";
    return item.Class === REPORT ? "report" : "other";
  }
  function keyOf(item, headers) {
    var key = textOf(item, PROPERTY.key);
    if (key) return key;
    var header = headers && /(?:^|\n)X-Outreach-Id:[ \t]*([A-Za-z0-9_-]{8,64})[ \t]*(?:\r?\n|$)/i.exec(headers);
    return header ? header[1] || null : null;
  }
  function attachmentsOf(item) {
    var list = [];
    var attachments = readValue(function() {
      return item.Attachments;
    });
    for (var i = 1; attachments && i <= attachments.Count; i++) {
      var attachment = attachments.Item(i);
      var name = readValue(function() {
        return attachment.FileName;
      });
      var size = readValue(function() {
        return attachment.Size;
      });
      list.push({ filename: String(name || "attachment"), sizeBytes: size && size > 0 ? size : 0 });
    }
    return list;
  }
  function bodyOf(item) {
    var stored = item.Class === REPORT ? textOf(item, PROPERTY.body) : null;
    var shown = stored || readValue(function() {
      return item.Body;
    });
    return cut(shown) || "";
  }
  function describeItem(item, at, withRecipients) {
    var mail = item;
    var kind = kindOfItem(item);
    var isReport = kind === "report";
    var headers = textOf(item, PROPERTY.transportHeaders);
    var name = isReport ? null : readValue(function() {
      return mail.SenderName;
    });
    return {
      entryId: item.EntryID,
      messageClass: item.MessageClass || "IPM.Note",
      kind: kind,
      conversationId: item.ConversationID || null,
      subject: readValue(function() {
        return item.Subject;
      }),
      receivedUtc: at === null ? null : toIso(at),
      internetMessageId: textOf(item, PROPERTY.messageId),
      inReplyTo: textOf(item, PROPERTY.inReplyTo),
      references: textOf(item, PROPERTY.references),
      headers: headers,
      from: isReport ? null : senderAddress(mail),
      fromName: name || null,
      to: withRecipients && kind === "mail" ? recipientAddresses(mail) : [],
      bodyText: bodyOf(item),
      bodyHtml: kind === "mail" ? htmlOf(mail) : null,
      rawSource: null,
      attachments: kind === "mail" ? attachmentsOf(mail) : [],
      key: keyOf(item, headers)
    };
  }
  function htmlOf(mail) {
    var html = readValue(function() {
      return mail.HTMLBody;
    });
    return cut(html) || null;
  }

  // host/list-mails.mts
  var FOLDER = { sent: 5, inbox: 6, junk: 23 };
  var MAX_ANSWER = 2e7;
  function listMails(session, request) {
    var account = findAccount(session, request.account);
    var isSent = request.folder === "sent";
    var property = isSent ? PROPERTY.submitTime : PROPERTY.deliveryTime;
    var kind = FOLDER[request.folder];
    var items = foldersOf(session, account, kind)[0].Items;
    items.Sort(isSent ? "[SentOn]" : "[ReceivedTime]", false);
    var count = items.Count;
    var listed = [];
    var size = 0;
    var i = firstSince(items, count, property, fromIso(request.sinceUtc) || 0);
    for (; i <= count && listed.length < request.limit && size < MAX_ANSWER; i++) {
      var item = itemAt(items, i);
      if (!item) continue;
      var row = describeItem(item, timeOf(item, property), isSent);
      size += (row.bodyText || "").length + (row.bodyHtml || "").length + (row.headers || "").length + 1e3;
      listed.push(row);
    }
    return { items: listed, more: i <= count };
  }
  function itemAt(items, index) {
    return readValue(function() {
      return items.Item(index);
    });
  }
  function firstSince(items, count, property, since) {
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

  // host/compose-mail.mts
  var MAIL_ITEM = 0;
  var PLAIN = 1;
  function createMail(app, session, account, request) {
    var mail = request.replyToEntryId ? openOriginal(session, account, request.replyToEntryId).Reply() : app.CreateItem(MAIL_ITEM);
    mail.PropertyAccessor.SetProperty(PROPERTY.key, request.idempotencyId);
    return mail;
  }
  function openOriginal(session, account, entryId) {
    var original = openItem(session, account, entryId);
    if (original) return original;
    throw failure("invalid", "the mail to reply to is not in this mailbox any more");
  }
  function composeMail(session, account, mail, request) {
    mail.SendUsingAccount = account;
    mail.To = request.to.join("; ");
    mail.CC = "";
    mail.BCC = "";
    mail.Subject = request.subject;
    mail.BodyFormat = PLAIN;
    mail.Body = request.bodyText.replace(/\r\n|\n/g, "\r\n");
    if (request.listUnsubscribe) setUnsubscribe(mail, request.listUnsubscribe);
    if (!mail.Recipients.ResolveAll()) throw failure("rejected", "Outlook cannot resolve the recipient");
    if (mail.Recipients.Count !== request.to.length)
      throw failure("rejected", "Outlook made other recipients of the address than were asked for");
    mail.Save();
    checkAccount(session, account, mail);
  }
  function setUnsubscribe(mail, by) {
    var ways = by.url ? "<".concat(by.url, ">, <").concat(by.mailto, ">") : "<".concat(by.mailto, ">");
    mail.PropertyAccessor.SetProperty(PROPERTY.listUnsubscribe, ways);
    if (by.url && /^https:/.test(by.url))
      mail.PropertyAccessor.SetProperty(PROPERTY.listUnsubscribePost, "List-Unsubscribe=One-Click");
  }
  function checkAccount(session, account, mail) {
    var taken = readValue(function() {
      return mail.SendUsingAccount;
    });
    var isTaken = taken ? String(taken.SmtpAddress).toLowerCase() === String(account.SmtpAddress).toLowerCase() : session.Accounts.Count === 1;
    if (!isTaken) throw failure("failed", "Outlook would not send from ".concat(account.SmtpAddress));
  }

  // host/when-free.mts
  var TRIES = 6;
  function whenFree(act, mayRetry) {
    for (var i = 1; ; i++) {
      try {
        return act();
      } catch (error) {
        if (i >= TRIES || !isBusy(error) || !mayRetry()) throw error;
        WScript.Sleep(200 * i);
      }
    }
  }

  // host/send-mail.mts
  var LOOKS = 6;
  var LOOK_PAUSE_MS = 500;
  function sendMail(app, session, request, progress) {
    var account = findAccount(session, request.account);
    var before = locateMail(session, account, request.idempotencyId);
    if (before && before.folder !== "drafts") return { status: "already", item: describeFound(before) };
    var mail = before ? before.mail : createMail(app, session, account, request);
    composeMail(session, account, mail, request);
    handOver(session, account, mail, request, progress);
    return { status: "submitted", item: waitForSent(session, account, request.idempotencyId) };
  }
  function handOver(session, account, mail, request, progress) {
    progress.tried = true;
    progress.mayHaveLeft = true;
    try {
      whenFree(
        function() {
          mail.Send();
        },
        function() {
          return true;
        }
      );
    } catch (error) {
      var after = locateOrNull(session, account, request.idempotencyId);
      if (after && after.folder !== "drafts") return;
      if (after && !isSubmitted(after.mail)) progress.mayHaveLeft = false;
      throw error;
    }
  }
  function isSubmitted(mail) {
    try {
      return mail.Submitted !== false || mail.Sent !== false;
    } catch (e) {
      return true;
    }
  }
  function locateOrNull(session, account, key) {
    try {
      return locateMail(session, account, key);
    } catch (e) {
      return null;
    }
  }
  function waitForSent(session, account, key) {
    for (var look = 1; ; look++) {
      var located = locateOrNull(session, account, key);
      if (located && located.folder === "sent" || look >= LOOKS) return located && describeSafely(located);
      WScript.Sleep(LOOK_PAUSE_MS);
    }
  }
  function describeSafely(located) {
    try {
      return describeFound(located);
    } catch (e) {
      return null;
    }
  }

  // host/answer-request.mts
  function openOutlook() {
    var app = new ActiveXObject("Outlook.Application");
    app.GetNamespace("MAPI").Logon("", "", false, false);
    if (app.Explorers.Count === 0)
      throw failure("unreachable", "Outlook is not open on this PC. Open it and leave it open.");
    return app;
  }
  function ping(app, session) {
    return {
      product: "Microsoft Outlook",
      version: String(app.Version),
      standIn: false,
      accounts: listAccounts(session),
      trusted: readValue(function() {
        return app.IsTrusted;
      }),
      offline: readValue(function() {
        return session.Offline;
      }),
      scriptEngine: "".concat(ScriptEngineMajorVersion(), ".").concat(ScriptEngineMinorVersion())
    };
  }
  function answerRequest(request, progress) {
    var app = openOutlook();
    var session = app.GetNamespace("MAPI");
    switch (request.action) {
      case "ping":
        return ping(app, session);
      case "send":
        return sendMail(app, session, request, progress);
      case "find":
        return { item: findMail(session, findAccount(session, request.account), request.idempotencyId) };
      case "list":
        return listMails(session, request);
    }
  }

  // host/json.mts
  function escapeCharacter(character) {
    if (character === '"' || character === "\\") return "\\".concat(character);
    return "\\u".concat("0000".concat(character.charCodeAt(0).toString(16)).slice(-4));
  }
  function quote(text2) {
    return '"'.concat(text2.replace(/[^ !#-[\]-~]/g, escapeCharacter), '"');
  }
  function isArray(value) {
    return value instanceof Array;
  }
  function toJson(value) {
    var parts = [];
    if (value === null || value === void 0 || String(typeof value) === "unknown") return "null";
    if (typeof value === "number") return isFinite(value) ? String(value) : "null";
    if (typeof value === "boolean") return value ? "true" : "false";
    if (typeof value !== "object") return quote(String(value));
    if (isArray(value)) {
      for (var i = 0; i < value.length; i++) parts.push(toJson(value[i]));
      return "[".concat(parts.join(","), "]");
    }
    var fields = value;
    for (var name in fields) parts.push("".concat(quote(name), ":").concat(toJson(fields[name])));
    return "{".concat(parts.join(","), "}");
  }
  function fromJson(text2) {
    var skeleton = text2.replace(/\\(?:["\\\x2fbfnrt]|u[0-9a-fA-F]{4})/g, "@").replace(/"[^"\\\n\r]*"|true|false|null|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/g, "]").replace(/(?:^|:|,)(?:\s*\[)+/g, "");
    if (!/^[\],:{}\s]*$/.test(skeleton)) throw new Error("the request is not JSON");
    return new Function("return (".concat(text2, ")"))();
  }

  // host/request.mts
  var KEY = /^[A-Za-z0-9_-]{8,64}$/;
  var ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;
  var CONTROL = /[\x00-\x1f\x7f-\x9f]/;
  var HARMFUL_IN_BODY = /[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)/;
  var MAX_BODY = 1e6;
  var MAX_SUBJECT = 998;
  function wrong(field) {
    return failure("invalid", "the request's \"".concat(field, '" is missing or wrong'));
  }
  function text(fields, name, allowed) {
    var value = fields[name];
    if (typeof value !== "string" || !allowed.test(value)) throw wrong(name);
    return value;
  }
  function checkSend(fields) {
    var to = fields.to;
    if (!(to instanceof Array) || to.length === 0) throw wrong("to");
    for (var i = 0; i < to.length; i++) if (!ADDRESS.test(String(to[i]))) throw wrong("to");
    var subject = text(fields, "subject", /^/);
    if (CONTROL.test(subject) || subject.length > MAX_SUBJECT) throw wrong("subject");
    var body = text(fields, "bodyText", /^/);
    if (body.length > MAX_BODY) throw failure("invalid", "the body is longer than ".concat(MAX_BODY, " characters"));
    if (HARMFUL_IN_BODY.test(body)) throw failure("invalid", "the body holds control characters");
    if (fields.replyToEntryId !== void 0) text(fields, "replyToEntryId", /^[0-9A-Za-z+\x2f=_-]+$/);
    if (fields.listUnsubscribe !== void 0) checkUnsubscribe(fields.listUnsubscribe);
  }
  function checkUnsubscribe(fields) {
    if (!fields) throw wrong("listUnsubscribe");
    text(fields, "mailto", /^mailto:[!#-;=?-~]+$/);
    if (fields.url !== void 0) text(fields, "url", /^https?:\/\/[!#-;=?-~]+$/);
  }
  function checkList(fields) {
    text(fields, "folder", /^(?:inbox|junk|sent)$/);
    if (fromIso(text(fields, "sinceUtc", /^/)) === null) throw wrong("sinceUtc");
    var limit = fields.limit;
    if (typeof limit !== "number" || !(limit >= 1 && limit <= 500)) throw wrong("limit");
  }
  function checkRequest(value) {
    var fields = value;
    if (!fields) throw wrong("action");
    var action = fields.action;
    if (action === "ping") return fields;
    if (action !== "send" && action !== "find" && action !== "list") throw wrong("action");
    text(fields, "account", ADDRESS);
    if (action === "list") checkList(fields);
    else text(fields, "idempotencyId", KEY);
    if (action === "send") checkSend(fields);
    return fields;
  }

  // host/main.mts
  var FOR_READING = 1;
  function readRequestFile() {
    if (WScript.Arguments.length === 0) throw failure("invalid", "usage: outlook-host.js REQUEST.json");
    var file = new ActiveXObject("Scripting.FileSystemObject").OpenTextFile(
      WScript.Arguments.Item(0),
      FOR_READING
    );
    var text2 = file.ReadAll();
    file.Close();
    try {
      return fromJson(text2);
    } catch (e) {
      throw failure("invalid", "the request is not JSON");
    }
  }
  function main() {
    var progress = { tried: false, mayHaveLeft: false };
    try {
      var request = checkRequest(readRequestFile());
      var result = whenFree(
        function() {
          return answerRequest(request, progress);
        },
        function() {
          return !progress.tried;
        }
      );
      WScript.Echo(toJson({ ok: true, result: result }));
      return 0;
    } catch (error) {
      var hresult = "0x".concat(codeOf(error).toString(16));
      var what = {
        message: messageOf(error),
        kind: kindOf(error),
        hresult: hresult,
        notSent: !progress.mayHaveLeft
      };
      WScript.Echo(toJson({ ok: false, error: what }));
      return 1;
    }
  }
  WScript.Quit(main());
})();
