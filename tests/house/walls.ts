import type { Arrow } from "./import-graph";

/** Who may import whom, by top folder; what stands in a folder may always import its own. Files of the root are routes too. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  app: ["components", "lib", "inngest"],
  components: ["lib"],
  inngest: ["lib"],
  lib: [],
  stack: ["lib", "supabase"],
};

const ROOT_FILES = /^(?:proxy|instrumentation|next\.config)\.ts$/;

/** The folder a wall stands around; undefined for what no wall is about. */
function wingOf(file: string): string | undefined {
  if (ROOT_FILES.test(file)) return "app";
  return file.split("/")[0];
}

/** `lib/mailbox/relay/x.ts` stands in the room `lib/mailbox`. */
export function roomOf(file: string): string | undefined {
  const [wing, room, ...rest] = file.split("/");
  return (wing === "lib" || wing === "components") && room && rest.length > 0 ? `${wing}/${room}` : undefined;
}

/** Arrows that run back through a wall. */
export function findBackArrows(arrows: readonly Arrow[]): Arrow[] {
  return arrows.filter(({ from, to }) => {
    const [mine, theirs] = [wingOf(from), wingOf(to)];
    const allowed = mine === undefined ? undefined : MAY[mine];
    if (!allowed || theirs === undefined || theirs === mine) return false;
    // What is seen does no I/O: what I/O stands on is not for components.
    return !allowed.includes(theirs) || (mine === "components" && roomOf(to) === "lib/server");
  });
}

/** Rooms and who they import, each pair once. */
export function roomArrows(arrows: readonly Arrow[]): Map<string, Set<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    const [mine, theirs] = [roomOf(from), roomOf(to)];
    if (!mine || !theirs || mine === theirs || mine.split("/")[0] !== theirs.split("/")[0]) continue;
    rooms.set(mine, (rooms.get(mine) ?? new Set()).add(theirs));
  }
  return rooms;
}

/** Rooms that reach themselves again, as the way there; one for each circle's first room. */
export function findCircles(rooms: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const walk = (room: string, way: readonly string[]): void => {
    const at = way.indexOf(room);
    if (at >= 0) return void circles.push([...way.slice(at), room]);
    if (done.has(room)) return;
    for (const next of rooms.get(room) ?? []) walk(next, [...way, room]);
    done.add(room);
  };
  for (const room of rooms.keys()) walk(room, []);
  return circles;
}
