/**
 * The keys every local Supabase answers to, published by the Supabase CLI for development on one machine. A hosted
 * project has its own; these open nothing there.
 */
export const LOCAL_PUBLISHABLE_KEY = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH";
export const LOCAL_SERVICE_KEY = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz";
