import { decideByRules } from "@/lib/mail-rules/decide-by-rules";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { round } from "../suite";
import { sampleMails } from "./sample-mails";

const ROUNDS = 300;

/** Mails a second that are parsed from source and decided by rules alone, on one core. */
export async function measureRules(): Promise<number> {
  const sources = sampleMails().map((one) => one.source);
  for (const source of sources) decideByRules(await parseMail(source));
  const startedAt = performance.now();
  for (let index = 0; index < ROUNDS; index++)
    for (const source of sources) decideByRules(await parseMail(source));
  return round((ROUNDS * sources.length) / ((performance.now() - startedAt) / 1000));
}
