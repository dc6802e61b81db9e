import { measureDesk } from "./desk-figures";

// The functions measured are for servers only, so they run in a process that says it is one.
const figures = await measureDesk();
if (process.send) process.send(figures, () => process.exit(0));
else {
  console.log(JSON.stringify(figures));
  process.exit(0);
}
