import type { Database } from "../../postgres/database";

export interface TypeInfo {
  readonly oid: string;
  readonly name: string;
  readonly schema: string;
  /** `a`rray, `e`num, `c`omposite, `d`omain, `b`ase or another letter of pg_type.typtype. */
  readonly kind: string;
  /** Element of an array, base of a domain. */
  readonly of: string;
  /** Kind of the relation whose row type this is: `r` table, `v` view, `c` a composite type proper. */
  readonly relation: string | null;
  readonly labels: readonly string[];
  readonly fields: ReadonlyArray<{ readonly name: string; readonly type: string }>;
}

export interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly optional: boolean;
  /** Never written by a client: `generated always`. */
  readonly fixed: boolean;
}

export interface RelationInfo {
  readonly name: string;
  readonly kind: string;
  readonly columns: readonly ColumnInfo[];
  /** Functions of its row, which the server reads like columns. */
  readonly computed: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  readonly foreignKeys: ReadonlyArray<{
    readonly name: string;
    readonly columns: readonly string[];
    readonly oneToOne: boolean;
    readonly table: string;
    readonly references: readonly string[];
  }>;
}

export interface FunctionInfo {
  readonly name: string;
  readonly set: boolean;
  readonly returns: string;
  readonly required: number;
  readonly args: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string }>;
}

export interface SchemaInfo {
  readonly types: readonly TypeInfo[];
  readonly relations: readonly RelationInfo[];
  readonly functions: readonly FunctionInfo[];
}

const SCHEMA_SQL = `
select json_build_object(
  'types', (
    select json_agg(json_build_object('oid', t.oid::text, 'name', t.typname, 'schema', n.nspname,
      'kind', case when t.typelem <> 0 and t.typlen = -1 and t.typname like '\\_%' then 'a' else t.typtype end,
      'of', (case when t.typtype = 'd' then t.typbasetype else t.typelem end)::text,
      'relation', c.relkind,
      'labels', (select coalesce(json_agg(e.enumlabel order by e.enumsortorder), '[]') from pg_enum e where e.enumtypid = t.oid),
      'fields', (
        select coalesce(json_agg(json_build_object('name', a.attname, 'type', a.atttypid::text)), '[]')
        from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)))
    from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
    where n.nspname = $1 or n.nspname = 'pg_catalog' or t.typtype in ('b', 'e', 'd')),
  'relations', (
    select coalesce(json_agg(json_build_object('name', c.relname, 'kind', c.relkind,
      'columns', (
        select coalesce(json_agg(json_build_object('name', a.attname, 'type', a.atttypid::text,
          'nullable', not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)),
          'optional', a.atthasdef or a.attidentity <> '',
          'fixed', a.attgenerated <> '' or a.attidentity = 'a')), '[]')
        from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'computed', (
        select coalesce(json_agg(json_build_object('name', p.proname, 'type', p.prorettype::text)), '[]')
        from pg_proc p where p.pronamespace = n.oid and p.prokind = 'f' and not p.proretset and p.pronargs = 1
          and p.proargtypes[0] = c.reltype and has_function_privilege(to_regrole('authenticated'), p.oid, 'EXECUTE')),
      'foreignKeys', (
        select coalesce(json_agg(json_build_object('name', k.conname, 'table', f.relname,
          'columns', (select json_agg(a.attname order by u.place) from unnest(k.conkey) with ordinality u(num, place)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num),
          'references', (select json_agg(a.attname order by u.place) from unnest(k.confkey) with ordinality u(num, place)
            join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num),
          'oneToOne', exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null
            and (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ k.conkey))), '[]')
        from pg_constraint k join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0 and fn.nspname = $1))), '[]')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = $1 and c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition),
  'functions', (
    select coalesce(json_agg(json_build_object('name', p.proname, 'set', p.proretset, 'returns', p.prorettype::text,
      'required', p.pronargs - p.pronargdefaults,
      'args', (
        select coalesce(json_agg(json_build_object('name', coalesce(p.proargnames[x.place], ''), 'type', x.type::text) order by x.place), '[]')
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality x(type, place)
        where coalesce(p.proargmodes[x.place], 'i') in ('i', 'b', 'v')),
      'columns', (
        select coalesce(json_agg(json_build_object('name', coalesce(p.proargnames[x.place], ''), 'type', x.type::text) order by x.place), '[]')
        from unnest(p.proallargtypes) with ordinality x(type, place) where p.proargmodes[x.place] in ('o', 'b', 't')))
      order by p.proname, pg_get_function_identity_arguments(p.oid)), '[]')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_type t on t.oid = p.prorettype
    where n.nspname = $1 and p.prokind = 'f' and t.typname not in ('trigger', 'event_trigger', 'internal')
      -- functions of an extension are not the schema's own
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')))::text as schema`;

export async function readSchema(db: Database, schema: string): Promise<SchemaInfo> {
  const [row] = await db.query<{ schema: string }>(SCHEMA_SQL, [schema]);
  return JSON.parse(row?.schema ?? "{}") as SchemaInfo;
}
