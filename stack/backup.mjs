// npm run backup: everything a desk has stored, in one file. Plain JavaScript, because nothing may be installed yet.
import { runTyped } from "./bootstrap/run-typed.mjs";

await runTyped(
  "backup",
  `Usage: npm run backup -- FILE [options]

Writes everything the desk has stored to FILE; the desk may run meanwhile.

  --force        replace FILE when it exists
  --data DIR     data folder (default .upstream)
  --demo         the demo's data instead of the desk's
  --api-port N   Supabase API port of the running desk (default 55321)`,
);
