import { findAccount, listAccounts } from "./accounts.mts";
import { failure } from "./failure.mts";
import { findMail } from "./find-mail.mts";
import { listMails } from "./list-mails.mts";
import { readValue } from "./properties.mts";
import type { Request } from "./request.mts";
import { type Progress, sendMail } from "./send-mail.mts";

function openOutlook(): Outlook.Application {
  var app = new ActiveXObject("Outlook.Application");
  app.GetNamespace("MAPI").Logon("", "", false, false);
  // An Outlook that automation started has no window and ends with this program, its mail still in the Outbox.
  if (app.Explorers.Count === 0)
    throw failure("unreachable", "Outlook is not open on this PC. Open it and leave it open.");
  return app;
}

function ping(app: Outlook.Application, session: Outlook.NameSpace) {
  return {
    product: "Microsoft Outlook",
    version: String(app.Version),
    standIn: false,
    accounts: listAccounts(session),
    trusted: readValue(() => app.IsTrusted),
    offline: readValue(() => session.Offline),
    scriptEngine: `${ScriptEngineMajorVersion()}.${ScriptEngineMinorVersion()}`,
  };
}

/** Does one request and returns the contract's result for its action. */
export function answerRequest(request: Request, progress: Progress): unknown {
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
