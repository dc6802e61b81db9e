-- Nothing a desk needs is seeded: settings, lookups and routing rules come with the migrations, so that a hosted project
-- that never runs a seed starts the same way. This file is here because the Supabase CLI looks for it.
select 1;
