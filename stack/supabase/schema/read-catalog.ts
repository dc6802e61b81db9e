import type { Sql } from "../../postgres/database";
import { CATALOG_QUERIES } from "./catalog-queries";

/** What a database's `public` schema is made of and starts with: "kind name" to its definition. */
export type Catalog = ReadonlyMap<string, string>;

/** Made anew in every database: that it is there counts, not what it is. */
const DRAWN_AT_RANDOM = "signing_keys.secret";

/** Reads the catalog, and the rows every new database starts with; moments, ids and keys in them only as "set". */
export async function readCatalog(db: Sql): Promise<Catalog> {
  const catalog = new Map<string, string>();
  for (const [kind, query] of Object.entries(CATALOG_QUERIES))
    for (const { name, definition } of await db.query<{ name: string; definition: string | null }>(query))
      catalog.set(`${kind} ${name}`, definition ?? "");
  for (const { name, definition } of await readRows(db)) catalog.set(`rows of ${name}`, definition);
  return catalog;
}

interface Described {
  readonly name: string;
  readonly definition: string;
}

async function readRows(db: Sql): Promise<Described[]> {
  const tables = await db.query<{ name: string; values: string }>(`
    select c.relname as name, string_agg(format(case when a.attidentity <> '' or a.atttypid = 'timestamptz'::regtype
        or (a.attgenerated = '' and pg_get_expr(d.adbin, d.adrelid) ~ 'random') or c.relname || '.' || a.attname = '${DRAWN_AT_RANDOM}'
        then $$case when %I is null then 'null' else 'set' end$$ else $$coalesce(%I::text, 'null')$$ end, a.attname),
        ', ' order by a.attnum) as values
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1`);
  const described: Described[] = [];
  for (const { name, values } of tables) {
    const [row] = await db.query<{ definition: string | null }>(
      `select string_agg(line, e'\\n' order by line) as definition from (
         select concat_ws(' | ', ${values}) as line from public."${name}") x`,
    );
    if (row?.definition) described.push({ name, definition: row.definition });
  }
  return described;
}
