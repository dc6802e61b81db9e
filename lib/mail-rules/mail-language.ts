/** Languages whose dates and absence notes are read. */
export type Language = "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "sv" | "ja";

const WORDS: Readonly<Record<Exclude<Language, "ja">, string>> = {
  en: "the and is are will be back away out office until through return returning i you your from my with have",
  de: "der die das und ich bin ist nicht im büro bis zum ab dem wieder erreichbar urlaub abwesend für sie ihre vom zurück den am in abwesenheit",
  fr: "le la les et je suis du au de votre absent absente bureau jusqu retour congés serai vous merci en un une est fermé réponse automatique",
  es: "el la los y estoy de del al hasta fuera oficina vacaciones estaré regreso su un una en me partir automática respuesta que por",
  it: "il la sono e di del al fino fuori ufficio ferie assente rientro rientrerò dal sarò in un una per la sua automatica risposta",
  pt: "o a os estou de do da até fora escritório férias ausente ausência retorno estarei seu sua em no dia volto automática resposta não",
  nl: "de het en ik ben niet op tot en met kantoor vakantie afwezig vanaf weer terug van uw een werk er bereikbaar in automatisch antwoord",
  sv: "och jag är till med den på semester kontoret åter tillbaka från frånvarande ledig föräldraledig för ett en svar automatiskt",
};
const SETS = Object.entries(WORDS).map(
  ([language, words]) => [language as Language, new Set(words.split(" "))] as const,
);
/** Countries that write the month first; every other one this desk hears from writes the day first. */
const MONTH_FIRST = /^(?:en-(?:us|ph)|es-us)$/i;

/**
 * The language of a mail: what it declares, else what its words are of. English where nothing speaks for another.
 */
export function languageOf(text: string, contentLanguage = ""): Language {
  const declared = contentLanguage.trim().slice(0, 2).toLowerCase();
  if (declared === "ja" || /[\u3040-\u30ff]/.test(text.slice(0, 2_000))) return "ja";
  const words =
    text
      .slice(0, 2_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  let [best, most]: [Language, number] = ["en", words.filter((word) => SETS[0]?.[1].has(word)).length];
  for (const [language, set] of SETS) {
    const count = words.filter((word) => set.has(word)).length + (language === declared ? 2 : 0);
    if (count > most) [best, most] = [language, count];
  }
  return best;
}

/**
 * Whether "3/9" means 3 September: true or false where the language or the declared country say so, null where they do not
 * (English from a place whose clock is not an American one). `offset`: of the mail's Date field, "-0500".
 */
export function writesDayFirst(language: Language, contentLanguage: string, offset: string): boolean | null {
  const declared = contentLanguage.trim().split(/[,;]/)[0] ?? "";
  if (/^[a-z]{2}-[a-z]{2}$/i.test(declared)) return !MONTH_FIRST.test(declared) && !/^ja/i.test(declared);
  if (language === "ja") return false;
  if (language !== "en") return true;
  return offset === "" || /^-(?:0[3-9]|1[01])\d\d$/.test(offset) ? false : null;
}
