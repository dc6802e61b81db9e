/** Rights as one sorted text, with what an empty list stands for written out; the owner's own are left away. */
const rights = (acl: string, kind: string, owner: string) => `
  (select coalesce(string_agg(format('%s may %s%s', case x.grantee when 0 then 'everybody' else x.grantee::regrole::text end,
      lower(x.privilege_type), case when x.is_grantable then ' and grant it' else '' end), ', '
      order by x.grantee::regrole::text, x.privilege_type), 'nobody')
     from aclexplode(coalesce(${acl}, acldefault('${kind}', ${owner}))) x where x.grantee <> ${owner})`;

const OURS = "'public'::regnamespace";

/**
 * What a schema is made of, one query a kind, each giving \`name\` and \`definition\`. Written against Postgres 15 to 18; object
 * ids and the order in which things were made leave no trace, but for the order of columns, which \`select *\` and row types show.
 */
export const CATALOG_QUERIES: Readonly<Record<string, string>> = {
  schema: `select n.nspname as name, ${rights("n.nspacl", "n", "n.nspowner")} as definition
    from pg_namespace n where n.oid = ${OURS}`,
  "default right": `select concat_ws(' ', nullif(d.defaclnamespace, 0)::regnamespace, d.defaclobjtype::text) as name,
      (select string_agg(x::text, ', ' order by x::text) from unnest(d.defaclacl) x) as definition
    from pg_default_acl d where d.defaclnamespace in (0, ${OURS})`,
  table: `select c.relname as name, concat_ws(', ', 'kind ' || c.relkind::text, 'persistence ' || c.relpersistence::text,
      case when c.relrowsecurity then 'row security' else 'no row security' end,
      case when c.relforcerowsecurity then 'forced' end, 'identity ' || c.relreplident::text, c.reloptions::text,
      'columns ' || (select string_agg(a.attname, ' ' order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) as definition
    from pg_class c where c.relnamespace = ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
  "rights on": `select c.relname as name,
      ${rights("c.relacl", "r", "c.relowner")} as definition
    from pg_class c where c.relnamespace = ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')`,
  column: `select c.relname || '.' || a.attname as name, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then 'not null' end, case a.attgenerated when '' then 'default ' else 'generated ' end
        || pg_get_expr(d.adbin, d.adrelid), nullif('identity ' || a.attidentity::text, 'identity '),
      (select 'collate ' || o.collname from pg_collation o join pg_type t on t.oid = a.atttypid
        where o.oid = a.attcollation and a.attcollation <> t.typcollation),
      case when a.attacl is not null then ${rights("a.attacl", "c", "c.relowner")} end) as definition
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relnamespace = ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')`,
  constraint: `select coalesce(c.conrelid::regclass::text, c.contypid::regtype::text) || '.' || c.conname as name,
      pg_get_constraintdef(c.oid) || case when c.convalidated then '' else ' (not validated)' end as definition
    from pg_constraint c where c.connamespace = ${OURS}`,
  index: `select i.indexrelid::regclass::text as name,
      pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' (invalid)' end as definition
    from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = ${OURS}`,
  trigger: `select c.relname || '.' || t.tgname as name,
      pg_get_triggerdef(t.oid) || ' (enabled ' || t.tgenabled::text || ')' as definition
    from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = ${OURS} and not t.tgisinternal`,
  policy: `select p.polrelid::regclass::text || '.' || p.polname as name, concat_ws(' ', p.polcmd::text,
      case when p.polpermissive then 'permissive' else 'restrictive' end, 'to', (select string_agg(
        case r when 0 then 'everybody' else r::regrole::text end, ', ' order by r::regrole::text) from unnest(p.polroles) r),
      'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid)) as definition
    from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = ${OURS}`,
  function: `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition
    from pg_proc p where p.pronamespace = ${OURS} and p.prokind in ('f', 'p')`,
  "rights on function": `select p.oid::regprocedure::text as name,
      ${rights("p.proacl", "f", "p.proowner")} as definition
    from pg_proc p where p.pronamespace = ${OURS}`,
  view: `select c.relname as name, pg_get_viewdef(c.oid) as definition
    from pg_class c where c.relnamespace = ${OURS} and c.relkind in ('v', 'm')`,
  type: `select t.oid::regtype::text as name, concat_ws(' ', t.typtype::text, format_type(nullif(t.typbasetype, 0), t.typtypmod),
      t.typdefault, (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e
        where e.enumtypid = t.oid), (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
        order by a.attnum) from pg_attribute a where a.attrelid = t.typrelid and not a.attisdropped)) as definition
    from pg_type t where t.typnamespace = ${OURS} and t.typtype in ('d', 'e', 'c', 'r', 'm')
     and not exists (select from pg_class c where c.oid = t.typrelid and c.relkind <> 'c')`,
  sequence: `select c.relname as name, concat_ws(' ', format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin,
      s.seqmax, s.seqcache, s.seqcycle) as definition
    from pg_sequence s join pg_class c on c.oid = s.seqrelid where c.relnamespace = ${OURS}`,
  published: `select p.pubname || ' ' || p.schemaname || '.' || p.tablename as name,
      concat_ws(' ', (select string_agg(x, ',' order by x) from unnest(p.attnames) x), p.rowfilter) as definition
    from pg_publication_tables p`,
  comment: `select pg_describe_object(d.classoid, d.objoid, d.objsubid) as name, d.description as definition
    from pg_description d where d.objsubid >= 0 and case d.classoid
      when 'pg_class'::regclass then d.objoid in (select c.oid from pg_class c where c.relnamespace = ${OURS})
      when 'pg_proc'::regclass then d.objoid in (select p.oid from pg_proc p where p.pronamespace = ${OURS})
      when 'pg_type'::regclass then d.objoid in (select t.oid from pg_type t where t.typnamespace = ${OURS})
      when 'pg_constraint'::regclass then d.objoid in (select k.oid from pg_constraint k where k.connamespace = ${OURS})
      when 'pg_trigger'::regclass then true when 'pg_policy'::regclass then true else false end`,
  rule: `select c.relname || '.' || r.rulename as name, pg_get_ruledef(r.oid) as definition
    from pg_rewrite r join pg_class c on c.oid = r.ev_class where c.relnamespace = ${OURS} and r.rulename <> '_RETURN'`,
};
