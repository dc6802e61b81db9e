import type { Database, SqlParam } from "../../postgres/database";
import { AuthError } from "./auth-error";
import { hashPassword } from "./passwords";

/** A row of auth.users as the server needs it. */
export interface UserRow {
  readonly id: string;
  readonly aud: string;
  readonly role: string;
  readonly email: string | null;
  readonly phone: string;
  readonly encrypted_password: string | null;
  readonly email_confirmed_at: string | null;
  readonly last_sign_in_at: string | null;
  readonly raw_app_meta_data: Readonly<Record<string, unknown>>;
  readonly raw_user_meta_data: Readonly<Record<string, unknown>>;
  readonly banned_until: string | null;
  readonly banned: boolean;
  readonly is_anonymous: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What may be set on a user; absent means unchanged. */
export interface UserChanges {
  readonly id?: string;
  readonly email?: string;
  readonly password?: string;
  readonly emailConfirmed?: boolean;
  readonly appMetadata?: Readonly<Record<string, unknown>>;
  readonly userMetadata?: Readonly<Record<string, unknown>>;
  /** Seconds from now, or null to lift the ban. */
  readonly banSeconds?: number | null;
}

const COLUMNS = `id, aud, role, email, coalesce(phone, '') as phone, encrypted_password, email_confirmed_at,
  last_sign_in_at, coalesce(raw_app_meta_data, '{}') as raw_app_meta_data,
  coalesce(raw_user_meta_data, '{}') as raw_user_meta_data, banned_until,
  coalesce(banned_until > now(), false) as banned, is_anonymous, created_at, updated_at`;

/** Both drivers then give the same JSON types, timestamps as ISO text. */
async function selectUsers(db: Database, tail: string, params: readonly SqlParam[]): Promise<UserRow[]> {
  const rows = await db.query<{ json: string }>(
    `select row_to_json(u)::text as json from (select ${COLUMNS} from auth.users ${tail}) u`,
    params,
  );
  return rows.map((row) => JSON.parse(row.json) as UserRow);
}

export async function findUserById(db: Database, id: string): Promise<UserRow | undefined> {
  return (await selectUsers(db, "where id = $1", [id]))[0];
}

export async function findUserByEmail(db: Database, email: string): Promise<UserRow | undefined> {
  return (await selectUsers(db, "where lower(email) = $1", [normalizeEmail(email)]))[0];
}

export async function listUsers(db: Database, page: number, perPage: number) {
  const users = await selectUsers(db, "order by created_at, id limit $1::int offset $2::bigint", [
    perPage,
    (page - 1) * perPage,
  ]);
  const [count] = await db.query<{ total: number }>("select count(*)::int as total from auth.users");
  return { users, total: count?.total ?? 0 };
}

export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** @throws {AuthError} `email_exists`, `weak_password` */
export async function createUser(db: Database, changes: UserChanges): Promise<UserRow> {
  const { names, values, params } = await writeChanges(changes);
  const [row] = await db
    .query<{ id: string }>(
      `insert into auth.users(${names.join(", ")}) values (${values.join(", ")}) returning id::text as id`,
      params,
    )
    .catch(refuseDuplicate);
  return requireUser(row && (await findUserById(db, row.id)));
}

/** @throws {AuthError} `user_not_found`, `email_exists`, `weak_password` */
export async function updateUser(db: Database, id: string, changes: UserChanges): Promise<UserRow> {
  const { names, values, params } = await writeChanges(changes, true);
  const set = [...names.map((name, index) => `${name} = ${values[index]}`), "updated_at = now()"].join(", ");
  await db
    .query(`update auth.users set ${set} where id = $${params.length + 1}`, [...params, id])
    .catch(refuseDuplicate);
  return requireUser(await findUserById(db, id));
}

export function requireUser(user: UserRow | undefined): UserRow {
  if (!user) throw new AuthError(404, "user_not_found", "User not found");
  return user;
}

async function writeChanges(changes: UserChanges, merge = false) {
  const names: string[] = [];
  const values: string[] = [];
  const params: SqlParam[] = [];
  const set = (name: string, value: SqlParam, write: (place: string) => string = (place) => place) => {
    params.push(value);
    names.push(name);
    values.push(write(`$${params.length}`));
  };
  // As hosted: metadata is merged key by key, and a null removes the key.
  const setJson = (name: string, value: object) =>
    set(name, JSON.stringify(value), (place) =>
      merge
        ? `coalesce((select jsonb_object_agg(key, value)
             from jsonb_each(coalesce(${name}, '{}') || ${place}::jsonb) where value <> 'null'), '{}')`
        : `${place}::jsonb`,
    );
  if (changes.id !== undefined) set("id", changes.id);
  if (changes.email !== undefined) set("email", normalizeEmail(changes.email));
  if (changes.password !== undefined)
    set("encrypted_password", await hashPassword(requireStrong(changes.password)));
  if (changes.emailConfirmed)
    set("email_confirmed_at", null, (place) => `coalesce(${place}::timestamptz, now())`);
  if (changes.appMetadata) setJson("raw_app_meta_data", changes.appMetadata);
  if (changes.userMetadata) setJson("raw_user_meta_data", changes.userMetadata);
  if (changes.banSeconds !== undefined)
    set("banned_until", changes.banSeconds, (place) => `now() + ${place}::float8 * interval '1 second'`);
  return { names, values, params };
}

function requireStrong(password: string): string {
  if (password.length < 6)
    throw new AuthError(422, "weak_password", "Password should be at least 6 characters.");
  if (Buffer.byteLength(password) > 72)
    throw new AuthError(422, "validation_failed", "Password cannot be longer than 72 characters");
  return password;
}

function refuseDuplicate(cause: unknown): never {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code !== "23505") throw cause;
  throw new AuthError(422, "email_exists", "A user with this email address has already been registered", {
    cause,
  });
}

/** A user as supabase-js expects it. */
export function toUserJson(user: UserRow): Record<string, unknown> {
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? "",
    phone: user.phone,
    email_confirmed_at: user.email_confirmed_at,
    confirmed_at: user.email_confirmed_at,
    last_sign_in_at: user.last_sign_in_at,
    app_metadata: readAppMetadata(user),
    user_metadata: user.raw_user_meta_data,
    identities: [],
    created_at: user.created_at,
    updated_at: user.updated_at,
    is_anonymous: user.is_anonymous,
    ...(user.banned_until && { banned_until: user.banned_until }),
  };
}

export function readAppMetadata(user: UserRow): Record<string, unknown> {
  return { provider: "email", providers: ["email"], ...user.raw_app_meta_data };
}
