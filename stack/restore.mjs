// npm run restore: puts back what npm run backup wrote. Plain JavaScript, because nothing may be installed yet.
import { runTyped } from "./bootstrap/run-typed.mjs";

await runTyped(
  "restore",
  `Usage: npm run restore -- FILE [options]

Checks FILE and puts what is in it back; the desk must be stopped.

  --force        replace the data that is there
  --data DIR     data folder (default .upstream)
  --demo         the demo's data instead of the desk's`,
);
