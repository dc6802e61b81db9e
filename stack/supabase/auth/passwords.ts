import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Database } from "../../postgres/database";

/** OWASP's smallest-memory scrypt setting (16 MB, five passes): about 0.2 s on a worker thread. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const KEY_BYTES = 32;

/** Hashes a password off the event loop, as `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), key.toString("base64")].join("$");
}

/**
 * Checks a password against a stored hash. Hashes of hosted (bcrypt), as seeds write them with `crypt()`, are left to
 * pgcrypto. Without a hash it does the same work and says no, so that timing does not tell which addresses exist.
 */
export async function checkPassword(db: Database, password: string, hash: string | null): Promise<boolean> {
  if (hash?.startsWith("$2")) {
    const [row] = await db.query<{ same: boolean }>("select extensions.crypt($1, $2) = $2 as same", [
      password,
      hash,
    ]);
    return row?.same === true;
  }
  const [kind, n, r, p, salt, key] = (hash ?? "").split("$");
  if (kind !== "scrypt" || !salt || !key) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const expected = Buffer.from(key, "base64");
  const actual = await derive(password, Buffer.from(salt, "base64"), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...cost, maxmem: 64 * 2 ** 20 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
