/**
 * Whether a reason can be about this mail: words it quotes must stand there. An answer that quotes the mail beside it is
 * no answer, however well it is formed.
 */
export function isAboutMail(reason: string, mail: string): boolean {
  const text = plain(mail);
  const quotes = [...reason.matchAll(/["“]([^"”]{12,})["”]/g)].map((match) =>
    plain((match[1] ?? "").replace(/(?:…|\.{3})$/, "")),
  );
  return quotes.length === 0 || quotes.some((quote) => text.includes(quote));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}$%]+/gu, " ")
    .trim();
}
