import { z } from "zod";
import { cutText } from "@/lib/files/text-limits";

/** What people write where nothing is known. */
const NOTHING = /^(n\/?a|none|null|nil|unknown|not available|tbd|-+|—|\.|\?)$/i;

/** A cell as text on one line, or nothing. */
export function readText(cell: string | undefined, max = 300): string | null {
  const text = cutText((cell ?? "").replaceAll(/\s+/g, " ").trim(), max);
  return text === "" || NOTHING.test(text) ? null : text;
}

const email = z.email();

export type ReadEmail =
  | { readonly email: string; readonly more: boolean }
  | { readonly email: null; readonly written: string | null };

/** The first address in a cell ("Ann <ann@x.com>; bob@x.com", "mailto:ann@x.com"); one that is none is not guessed at. */
export function readEmail(cell: string | undefined): ReadEmail {
  const written = readText(cell);
  if (!written) return { email: null, written: null };
  const parts = written
    .split(/[;,\s<>|]+/)
    .map((part) => part.replace(/^mailto:/i, "").replace(/^['"]+|['".]+$/g, ""));
  const good = parts.filter((part) => part.length <= 254 && email.safeParse(part).success);
  const [first] = good;
  return first
    ? { email: first, more: new Set(good.map((part) => part.toLowerCase())).size > 1 }
    : { email: null, written };
}

/** "45,000 SF", "$1,200" and "45000.0" as a number; undefined when it is none, null when there is nothing. */
export function readAmount(cell: string | undefined): number | null | undefined {
  const text = readText(cell);
  if (!text) return null;
  const match = /^\$?\s*(\d[\d,]*(?:\.\d+)?)\s*(?:sf|sq\.?\s*ft\.?|square feet|ac|acres?)?$/i.exec(text);
  return match?.[1] ? Number(match[1].replaceAll(",", "")) : undefined;
}

/** A year from "1998", "1998.0" or a date; undefined when it is none, null when there is nothing. */
export function readYear(cell: string | undefined): number | null | undefined {
  const text = readText(cell);
  if (!text) return null;
  const year = Number(/^(\d{4})(?:\.0+)?$/.exec(text)?.[1] ?? /\b((?:1[6-9]|20)\d{2})\b/.exec(text)?.[1]);
  return year >= 1600 && year <= 2100 ? year : undefined;
}

/** A ZIP with the zeros Excel took from its front. */
export function readZip(cell: string | undefined): string | null {
  const text = readText(cell, 20);
  if (!text) return null;
  const plain = text.replace(/\.0+$/, "");
  return /^\d{3,4}$/.test(plain) ? plain.padStart(5, "0") : plain;
}

/** A phone number as it is written; a number that Excel has cut short ("9.49556E+09") is none. */
export function readPhone(cell: string | undefined): string | null {
  const text = readText(cell, 60);
  if (!text || /\d[eE]\+?\d/.test(text)) return null;
  const digits = text.replaceAll(/\D/g, "");
  return digits.length >= 7 && digits.length <= 20 ? text : null;
}
