import os from "node:os";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";
import type { Tools } from "@/lib/parts/doctor/tools";

const GIGABYTE = 1024 ** 3;

export const diskSpace: Check = {
  id: "disk-space",
  group: "This computer",
  title: "Disk",
  look: async (tools: Tools) => {
    const places = [tools.root, os.tmpdir()];
    const free = await Promise.all(places.map((place) => tools.freeBytes(place)));
    const least = Math.min(...free);
    const where = places[free.indexOf(least)] ?? tools.root;
    const says = `${(least / GIGABYTE).toFixed(1)} GB are free where ${where} is.`;
    if (least < 0.5 * GIGABYTE)
      return mend(says, "Make room: without it nothing can be stored and no mail is handed over.");
    if (least < 2 * GIGABYTE) return note(says, "Make room soon; the database grows with every mail.");
    return fine(says);
  },
};
