import type { Db } from "@/lib/server/client-options";
import { ensure } from "@/lib/server/database-error";

/** Settings under which both loops can be watched at any hour: the window is always open and mails leave close together. */
export async function prepareDemo(db: Db): Promise<void> {
  ensure(
    await db
      .from("desk_settings")
      .update({
        desk_name: "Harbor Point Acquisitions",
        sender_name: "Dana Whitfield",
        postal_address: "100 Demo Plaza, Suite 400, Irvine, CA 92614",
        window_start: "00:00",
        window_end: "24:00",
        window_days: [1, 2, 3, 4, 5, 6, 7],
        keep_holidays: false,
        spacing_min_s: 1,
        spacing_max_s: 2,
        batch_pause_s: 5,
      })
      .eq("id", 1)
      .eq("postal_address", ""),
  );
}
