import { deskRuns, isLoopback, skipOnRelay } from "@/lib/parts/doctor/applies";
import { askDatabase } from "@/lib/parts/doctor/ask-database";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";

export const database: Check = {
  id: "database",
  group: "The desk",
  title: "Database",
  skip: skipOnRelay,
  look: async (tools) => {
    const url = tools.env.SUPABASE_URL;
    let response: Response;
    try {
      response = await askDatabase(tools, "kill_switch", "id");
    } catch {
      if (isLoopback(url) && !(await deskRuns(tools)))
        return note(`Nobody answers at ${url}; the embedded database starts with the desk.`);
      return mend(`Nobody answers at ${url}.`, "Check SUPABASE_URL and that this project is not paused.");
    }
    if (response.ok) return fine(`It answers at ${url} and takes the service key.`);
    if (response.status === 401 || response.status === 403)
      return mend(
        `${url} refuses the service key.`,
        "Set SUPABASE_SERVICE_KEY to this project's service role (secret) key.",
      );
    if (response.status === 404 || response.status === 400)
      return mend(`The database at ${url} has no desk in it.`, "Apply the migrations: npx supabase db push.");
    return mend(`${url} answers with ${response.status}.`, "Look at the project's status page and logs.");
  },
};
