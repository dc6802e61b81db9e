import { randomUUID } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { Database } from "../../postgres/database";

/** The project's ES256 key pair. It lives in the database, so tokens outlive a restart. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function loadSigningKey(db: Database): Promise<SigningKey> {
  const jwk = (await readKey(db)) ?? (await createKey(db));
  const { d: _private, key_ops: _operations, ...publicJwk } = jwk;
  const privateKey = await importJWK(jwk, "ES256");
  if (privateKey instanceof Uint8Array || !jwk.kid)
    throw new Error("the stored signing key is not an ES256 key");
  return { id: jwk.kid, privateKey, publicJwk: { ...publicJwk, key_ops: ["verify"] } };
}

async function readKey(db: Database): Promise<JWK | undefined> {
  const [row] = await db.query<{ jwk: string }>(
    "select jwk::text as jwk from auth.signing_keys where id = 'current'",
  );
  return row && (JSON.parse(row.jwk) as JWK);
}

async function createKey(db: Database): Promise<JWK> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: "ES256", use: "sig" };
  await db.query(
    "insert into auth.signing_keys(id, jwk) values ('current', $1::jsonb) on conflict (id) do nothing",
    [JSON.stringify(jwk)],
  );
  // Another server of the same database may have been first.
  return (await readKey(db)) ?? jwk;
}
