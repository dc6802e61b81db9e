import { answerJson, answerPage, redirect } from "../http/answers";
import { readForm } from "../http/read-body";
import type { Site, SiteContext } from "../http/route";
import { SiteError } from "../http/site-error";
import { phonePage, phoneRequests, secondsLeft } from "../pages/phone-page";

/** The stand-in phone. */
export function addPhone(site: Site, { signIns, now, logger }: SiteContext): void {
  site.get("/phone", () => answerPage(200, phonePage(signIns.waiting(), now())));
  site.get("/phone/pending", () => {
    const waiting = signIns.waiting();
    return answerJson(200, {
      key: waiting.map((signIn) => signIn.id).join(),
      html: phoneRequests(waiting, now()),
      waiting: waiting.map((signIn) => ({ id: signIn.id, secondsLeft: secondsLeft(signIn, now()) })),
    });
  });
  site.post("/phone/decide", async ({ env }) => {
    const form = await readForm(env.incoming);
    const verdict = form.get("verdict");
    if (verdict !== "approved" && verdict !== "denied") throw new SiteError(400, "approve or deny?");
    const decided = signIns.decide(form.get("id") ?? "", verdict);
    if (decided) logger.info(`CoStar stand-in: the phone ${verdict} a sign-in`);
    return redirect("/phone");
  });
}
