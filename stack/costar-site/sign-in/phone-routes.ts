import { redirect, sendJson, sendPage } from "../http/answers";
import { readForm } from "../http/read-body";
import type { RouteTable, SiteContext } from "../http/route";
import { SiteError } from "../http/site-error";
import { phonePage, phoneRequests, secondsLeft } from "../pages/phone-page";

/** The stand-in phone. */
export function phoneRoutes({ signIns, now, logger }: SiteContext): RouteTable {
  return {
    "GET /phone": (_request, response) => {
      sendPage(response, 200, phonePage(signIns.waiting(), now()));
    },
    "GET /phone/pending": (_request, response) => {
      const waiting = signIns.waiting();
      sendJson(response, 200, {
        key: waiting.map((signIn) => signIn.id).join(),
        html: phoneRequests(waiting, now()),
        waiting: waiting.map((signIn) => ({ id: signIn.id, secondsLeft: secondsLeft(signIn, now()) })),
      });
    },
    "POST /phone/decide": async (request, response) => {
      const form = await readForm(request);
      const verdict = form.get("verdict");
      if (verdict !== "approved" && verdict !== "denied") throw new SiteError(400, "approve or deny?");
      const decided = signIns.decide(form.get("id") ?? "", verdict);
      if (decided) logger.info(`CoStar stand-in: the phone ${verdict} a sign-in`);
      redirect(response, "/phone");
    },
  };
}
