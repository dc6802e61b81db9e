import type { Database } from "@/stack/postgres/database";

/** Keeps a copy of every row the migrations themselves wrote. Call once, right after migrating. */
export async function keepPristineRows(db: Database): Promise<void> {
  await db.exec(`
    create schema pristine;
    do $$ declare t text; begin
      for t in select tablename from pg_tables where schemaname = 'public' loop
        execute format('create table pristine.%1$I as table public.%1$I', t);
      end loop;
    end $$;`);
}

/**
 * Brings every table back to those rows, in milliseconds (a new database per test takes a second on a busy machine).
 * In the role of a replica no trigger fires, so that even the append-only log can be emptied between tests.
 */
export async function resetRows(db: Database): Promise<void> {
  await db.exec(`
    set session_replication_role = replica;
    do $$ declare t text; filled boolean; begin
      for t in select tablename from pg_tables where schemaname = 'public' loop
        execute format('delete from public.%I', t);
        execute format('select exists (select from pristine.%I)', t) into filled;
        if filled then execute format('insert into public.%1$I select * from pristine.%1$I', t); end if;
      end loop;
    end $$;
    delete from auth.users;
    set session_replication_role = origin;`);
}
