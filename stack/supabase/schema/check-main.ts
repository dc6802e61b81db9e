// npm run db:check: ends with 1 when supabase/migrations does not make what supabase/schemas says.
import { checkSchemas } from "./check-schemas";
import { withScratchDatabase } from "./scratch-database";

void withScratchDatabase((db) => checkSchemas(db, "supabase/schemas", "supabase/migrations")).then(
  (problems) => {
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) {
      console.error(
        "\nA change is an edit of the schema file and one small migration that makes the same change.",
      );
      process.exitCode = 1;
    } else console.log("The migrations make what the schemas say.");
  },
);
