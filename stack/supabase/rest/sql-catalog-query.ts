/**
 * One look at the schemas a client may see: tables with columns and keys, foreign keys, functions with arguments.
 * `$1` is a text[] of schema names; the answer is one JSON text. Runs on Postgres 15 to 18.
 */
export const CATALOG_SQL = `
select json_build_object(
  'tables', (
    select coalesce(json_agg(json_build_object(
      'oid', c.oid::text, 'schema', n.nspname, 'name', c.relname,
      'columns', (
        select coalesce(json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, null),
          'default', case
            when a.attidentity <> '' then
              format('nextval(%L)', pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname))
            when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end) order by a.attnum), '[]')
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'computed', (
        select coalesce(json_agg(json_build_object('name', p.proname, 'type', format_type(p.prorettype, null), 'default', null)), '[]')
        from pg_proc p where p.pronamespace = n.oid and p.prokind = 'f' and not p.proretset and p.pronargs = 1
          and p.proargtypes[0] = c.reltype and has_function_privilege(to_regrole('authenticated'), p.oid, 'EXECUTE')),
      'primaryKey', (
        select coalesce(json_agg(a.attname order by array_position(k.conkey, a.attnum)), '[]')
        from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
        where k.conrelid = c.oid and k.contype = 'p'),
      'uniques', (
        select coalesce(json_agg((
          select json_agg(a.attname) from pg_attribute a
          where a.attrelid = c.oid and a.attnum = any((i.indkey::int2[])[0:i.indnkeyatts - 1]))), '[]')
        from pg_index i
        where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indexprs is null),
      'anonymous', (
        select coalesce(json_agg(p), '[]') from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
        where has_schema_privilege('anon', n.oid, 'USAGE') and (has_table_privilege('anon', c.oid, p)
          or (p <> 'DELETE' and has_any_column_privilege('anon', c.oid, p)))))), '[]')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'v', 'm', 'p', 'f') and n.nspname = any($1::text[])),
  'foreignKeys', (
    select coalesce(json_agg(json_build_object(
      'name', k.conname, 'from', k.conrelid::int8::text, 'to', k.confrelid::int8::text,
      'columns', (
        select json_agg(a.attname order by u.place) from unnest(k.conkey) with ordinality u(num, place)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num),
      'references', (
        select json_agg(a.attname order by u.place) from unnest(k.confkey) with ordinality u(num, place)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num)) order by k.conname), '[]')
    from pg_constraint k where k.contype = 'f' and k.conparentid = 0),
  'routines', (
    select coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', p.proname, 'set', p.proretset, 'variadic', p.provariadic <> 0,
      'required', p.pronargs - p.pronargdefaults,
      'returns', case
        when p.prorettype = 'void'::regtype then 'void'
        when p.prorettype = 'record'::regtype or t.typtype = 'c' then 'row'
        else 'scalar' end,
      'rowTable', t.typrelid::text,
      'anonymous', has_schema_privilege('anon', n.oid, 'USAGE') and has_function_privilege('anon', p.oid, 'EXECUTE'),
      'arguments', (
        select coalesce(json_agg(json_build_object('name', coalesce(p.proargnames[x.place], ''),
          'type', format_type(x.type, null)) order by x.place), '[]')
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality x(type, place)
        where coalesce(p.proargmodes[x.place], 'i') in ('i', 'b', 'v')),
      'columns', (
        select coalesce(json_agg(json_build_object('name', coalesce(p.proargnames[x.place], ''),
          'type', format_type(x.type, null), 'default', null) order by x.place), '[]')
        from unnest(p.proallargtypes) with ordinality x(type, place)
        where p.proargmodes[x.place] in ('o', 'b', 't')))), '[]')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_type t on t.oid = p.prorettype
    where p.prokind = 'f' and n.nspname = any($1::text[])
      and t.typname not in ('trigger', 'event_trigger', 'internal', 'language_handler', 'fdw_handler')
      -- "returns record" without named columns cannot be called without spelling them out
      and not (p.prorettype = 'record'::regtype and p.proargmodes is null)))::text as catalog`;
