-- A small blog: the schema the REST promises are tried on.
create schema if not exists api2;
create type post_status as enum ('draft','published','archived');
create table authors(
  id bigint generated always as identity primary key,
  name text not null,
  email text unique not null,
  bio text,
  meta jsonb not null default '{}',
  tags text[] not null default '{}',
  active boolean not null default true,
  score numeric(10,2),
  born date,
  created_at timestamptz not null default now()
);
create table posts(
  id bigint generated always as identity primary key,
  author_id bigint not null references authors(id) on delete cascade,
  editor_id bigint references authors(id),
  title text not null,
  status post_status not null default 'draft',
  views int not null default 0 check (views >= 0),
  data jsonb not null default '{}',
  published_at timestamptz
);
create table comments(
  id bigint generated always as identity primary key,
  post_id bigint not null references posts(id) on delete cascade,
  body text not null,
  created_at timestamptz not null default now()
);
create table tags(id bigint generated always as identity primary key, label text unique not null);
create table post_tags(post_id bigint references posts(id) on delete cascade, tag_id bigint references tags(id) on delete cascade, primary key(post_id, tag_id));
create table docs(
  id uuid primary key default gen_random_uuid(),
  owner uuid not null default auth.uid(),
  title text not null,
  version int not null default 1
);
create table kv(ns text, k text, v jsonb, n int default 0, primary key(ns,k));
create table secret_only(id int primary key, v text);
create view active_authors with (security_invoker=on) as select id, name, email from authors where active;
create table api2.things(id int primary key, label text);
insert into api2.things values (1,'one');
alter table docs enable row level security;
create policy docs_sel on docs for select to authenticated using (owner = auth.uid());
create policy docs_ins on docs for insert to authenticated with check (owner = auth.uid());
create policy docs_upd on docs for update to authenticated using (owner = auth.uid()) with check (owner = auth.uid());
create policy docs_del on docs for delete to authenticated using (owner = auth.uid());

create function add_nums(a int, b int) returns int language sql immutable as $$ select a + b $$;
create function posts_min(min_views int default 0) returns setof posts language sql stable as $$ select * from posts where views >= min_views order by id $$;
create function stats() returns table(status post_status, n bigint) language sql stable as $$ select status, count(*) from posts group by 1 order by 1 $$;
create function touch() returns void language sql as $$ update kv set n = n + 1 $$;
create function boom(msg text) returns void language plpgsql as $$ begin raise exception '%', msg; end $$;
create function boom_custom() returns void language plpgsql as $$ begin raise exception 'nope' using errcode = 'PT409', detail='d', hint='h'; end $$;
create function boom_hint() returns void language plpgsql as $$ begin raise exception 'stale version' using errcode='P0001', detail='expected 2 got 1', hint='reload'; end $$;
create function echo_json(payload jsonb) returns jsonb language sql immutable as $$ select payload $$;
create function whoami() returns json language sql stable as $$ select json_build_object('role', current_user, 'uid', auth.uid(), 'jwt_role', auth.role()) $$;
create function one_author(aid bigint) returns authors language sql stable as $$ select * from authors where id = aid $$;
create function arr_len(items text[]) returns int language sql immutable as $$ select cardinality(items) $$;
create function admin_only() returns text language sql security definer as $$ select 'ok' $$;
revoke execute on function admin_only() from public, anon, authenticated;
grant execute on function admin_only() to service_role;
create function ver() returns text language sql as $$ select 'x'::text $$;

grant usage on schema public, api2 to anon, authenticated, service_role;
grant all on all tables in schema public to anon, authenticated, service_role;
grant all on all tables in schema api2 to anon, authenticated, service_role;
grant all on all sequences in schema public to anon, authenticated, service_role;
revoke all on secret_only from anon, authenticated;
revoke insert, update, delete on authors from anon;

insert into authors(name,email,bio,meta,tags,active,score,born) values
 ('Ada','ada@x.io',null,'{"lang":"en","level":3,"nested":{"a":1}}','{math,code}',true,9.5,'1815-12-10'),
 ('Bob','bob@x.io','likes, commas "and" quotes','{"lang":"fr","level":1}','{code}',true,null,'1990-01-01'),
 ('Cyd','cyd@x.io','x','{"lang":"en","level":2}','{}',false,5,null),
 ('Dé % _x','de@x.io','unicode ✓','{}','{art}',true,7.25,'2000-02-29');
insert into posts(author_id,editor_id,title,status,views,data,published_at) values
 (1,2,'Alpha','published',10,'{"k":"v"}','2024-01-01T00:00:00Z'),(1,null,'Beta','draft',0,'{}',null),
 (2,1,'Gamma','published',25,'{}','2024-02-01T00:00:00Z'),(3,null,'Delta','archived',5,'{}',null),(2,null,'Eps','published',7,'{}',null);
insert into comments(post_id,body) values (1,'c1'),(1,'c2'),(3,'c3');
insert into tags(label) values ('red'),('blue'); insert into post_tags values (1,1),(1,2),(3,2);
insert into kv values ('a','x','1',0);
insert into secret_only values (1,'s');
