import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_BYTES = 10;

/** Writes a ULID from a time and 80 bits (https://github.com/ulid/spec). */
export function encodeUlid(epochMs: number, random: Uint8Array): string {
  let time = "";
  for (let digit = 0, rest = epochMs; digit < 10; digit += 1) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let bits = 0;
  let buffered = 0;
  let tail = "";
  for (let index = 0; index < RANDOM_BYTES; index += 1) {
    buffered = (buffered << 8) | (random[index] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += ALPHABET.charAt((buffered >> bits) & 31);
    }
    buffered &= (1 << bits) - 1;
  }
  return time + tail;
}

let pool = Buffer.alloc(0);
let used = 0;
let lastMs = 0;
let lastTail = Buffer.alloc(0);

/** A new ULID; later ones of the same process sort after earlier ones, also within one millisecond. */
export function newUlid(epochMs: number): string {
  if (epochMs <= lastMs && lastTail.length > 0) {
    increment(lastTail);
    return encodeUlid(lastMs, lastTail);
  }
  if (used + RANDOM_BYTES > pool.length) {
    pool = randomBytes(4_096);
    used = 0;
  }
  lastTail = Buffer.from(pool.subarray(used, used + RANDOM_BYTES));
  // Room to count upwards within the millisecond without running over.
  lastTail[0] = (lastTail[0] ?? 0) & 0x7f;
  used += RANDOM_BYTES;
  lastMs = epochMs;
  return encodeUlid(epochMs, lastTail);
}

function increment(bytes: Buffer): void {
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const next = ((bytes[index] ?? 0) + 1) & 0xff;
    bytes[index] = next;
    if (next !== 0) return;
  }
}

const SEED = /^(\d{1,15}),([A-Za-z0-9+/=_-]{8,32})$/;

/**
 * The id of the nth event of a request the SDK may repeat: its `x-inngest-event-id-seed` (`<ms>,<base64 of 10 bytes>`)
 * makes the ids of every repetition the same. `undefined` when the header is not a seed.
 */
export function seededUlid(seed: string, index: number): string | undefined {
  const match = SEED.exec(seed);
  if (!match) return undefined;
  const random = Buffer.alloc(RANDOM_BYTES);
  Buffer.from(match[2] ?? "", "base64").copy(random);
  for (let step = 0, carry = index; step < 4 && carry > 0; step += 1) {
    const at = RANDOM_BYTES - 1 - step;
    const sum = (random[at] ?? 0) + (carry & 0xff);
    random[at] = sum & 0xff;
    carry = (carry >> 8) + (sum >> 8);
  }
  return encodeUlid(Number(match[1]), random);
}

/** A stable UUID for a name, so that a function keeps its id over every sync and database. */
export function uuidFor(name: string): string {
  const hex = createHash("sha1").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A short key for text of any length. */
export function hashOf(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
