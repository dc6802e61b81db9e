import { randomUUID } from "node:crypto";
import type { Database } from "@/stack/postgres/database";
import { ANON, type Caller, callerOn, SERVICE, signedIn } from "./sessions";

/** A migrated database with the callers a desk has. `db` itself is the owner: only for looking and preparing. */
export interface Desk {
  readonly db: Database;
  /** The product's own servers. */
  readonly service: Caller;
  readonly anon: Caller;
  /** Signed in, and no operator. */
  readonly stranger: Caller;
  readonly operator: Caller;
  readonly operatorName: string;
}

export async function createDesk(db: Database): Promise<Desk> {
  return {
    db,
    service: callerOn(db, SERVICE),
    anon: callerOn(db, ANON),
    stranger: callerOn(db, signedIn(await addUser(db))),
    operator: await addOperator(db, "Dana Whitfield"),
    operatorName: "Dana Whitfield",
  };
}

export async function addOperator(db: Database, name: string): Promise<Caller> {
  const id = await addUser(db);
  await db.query("insert into public.operators (id, email, display_name) values ($1, $2, $3)", [
    id,
    `${id}@desk.test`,
    name,
  ]);
  return callerOn(db, signedIn(id));
}

async function addUser(db: Database): Promise<string> {
  const id = randomUUID();
  await db.query("insert into auth.users (id, email) values ($1, $2)", [id, `${id}@desk.test`]);
  return id;
}
