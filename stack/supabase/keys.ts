/**
 * The keys every local Supabase project has (Supabase CLI, `supabase status`). They are public knowledge, so the
 * server adds what a secret would have given: loopback hosts only, and no secret key from a browser.
 */
export const LOCAL_PUBLISHABLE_KEY = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH";
export const LOCAL_SECRET_KEY = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz";
