import { randomUUID } from "node:crypto";
import type { Desk } from "./desk";

export interface Contact {
  readonly id: string;
  readonly email: string;
}

interface ContactOptions {
  readonly companyId?: string;
  readonly zone?: string;
}

/** Owners with an address each, known to the desk. */
export async function addContacts(
  { service }: Desk,
  count: number,
  options: ContactOptions = {},
): Promise<Contact[]> {
  const contacts = Array.from({ length: count }, (): Contact => {
    const id = randomUUID();
    return { id, email: `owner-${id.slice(0, 13)}@owners.test` };
  });
  await service.rows(
    `insert into public.contacts (id, full_name, email, company_id, time_zone, source)
     select x.id, 'Owner', x.email, $2, $3, 'costar' from jsonb_to_recordset($1::jsonb) as x (id uuid, email text)`,
    [JSON.stringify(contacts), options.companyId ?? null, options.zone ?? null],
  );
  return contacts;
}

export async function addCompany({ service }: Desk, name = `Company ${randomUUID()}`): Promise<string> {
  return insertOne(
    service,
    "insert into public.companies (name, name_key, source) values ($1, lower($1), 'costar') returning id",
    [name],
  );
}

export async function addMailbox(
  { service }: Desk,
  limits: { hourly?: number; daily?: number } = {},
): Promise<string> {
  return insertOne(
    service,
    "insert into public.mailboxes (address, hourly_limit, daily_limit) values ($1, $2, $3) returning id",
    [`desk-${randomUUID()}@desk.test`, limits.hourly ?? 1000, limits.daily ?? 10_000],
  );
}

export async function addSearch({ service }: Desk): Promise<string> {
  return insertOne(
    service,
    "insert into public.searches (name, buyer_name, criteria, source) values ('Industrial', 'A buyer', '{}', 'form') returning id",
    [],
  );
}

async function insertOne(
  service: Desk["service"],
  text: string,
  params: ReadonlyArray<string | number>,
): Promise<string> {
  const [row] = await service.rows<{ id: string }>(text, params);
  if (!row) throw new Error(`nothing came back from: ${text}`);
  return row.id;
}
