import { describe, expect, test } from "vitest";
import { Slots } from "@/lib/agents/slots";

/** Work that ends when it is told to, and notes when it began. */
function bench(limit: number) {
  const slots = new Slots(() => limit);
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const done: Promise<void>[] = [];
  const add = (name: string, line = name, lane: "live" | "background" = "live") => {
    const work = () =>
      new Promise<void>((end) => {
        began.push(name);
        ends.set(name, end);
      });
    done.push(slots.take(line, work, lane));
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return { slots, began, add, end };
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("agents at once", () => {
  test("are never more than the limit; the rest wait their turn, first come first served", async () => {
    const { slots, began, add, end } = bench(2);
    for (const name of ["a", "b", "c", "d"]) add(name, "classifier");
    await settle();
    expect(began).toEqual(["a", "b"]);
    expect(slots.load).toEqual({ running: 2, waiting: 2 });
    await end("b");
    expect(began).toEqual(["a", "b", "c"]);
    await end("a");
    await end("c");
    await end("d");
    expect(began).toEqual(["a", "b", "c", "d"]);
    expect(slots.load).toEqual({ running: 0, waiting: 0 });
  });

  test("a thousand mails to classify do not keep one search waiting", async () => {
    const { began, add, end } = bench(1);
    for (let index = 0; index < 1000; index++) add(`mail ${index}`, "classifier");
    add("search", "sourcing");
    await settle();
    await end("mail 0");
    await end("mail 1");
    expect(began.slice(0, 3)).toContain("search");
  });

  test("background work starts only while nothing live waits, one at a time, and takes no live place", async () => {
    const { began, add, end } = bench(1);
    add("live 1", "x");
    add("live 2", "x");
    add("shadow 1", "shadow", "background");
    add("shadow 2", "shadow", "background");
    await settle();
    expect(began).toEqual(["live 1"]);
    await end("live 1");
    expect(began).toEqual(["live 1", "live 2", "shadow 1"]);
    await end("live 2");
    add("live 3", "x");
    await settle();
    expect(began.at(-1)).toBe("live 3");
    await end("shadow 1");
    expect(began.at(-1)).toBe("shadow 2");
  });

  test("work that fails gives its place back", async () => {
    const slots = new Slots(() => 1);
    await expect(slots.take("x", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(slots.take("x", () => Promise.resolve(1))).resolves.toBe(1);
  });

  test("a limit that is raised counts for those who come next", async () => {
    let limit = 1;
    const slots = new Slots(() => limit);
    let running = 0;
    const never = () => {
      running++;
      return new Promise<never>(() => {});
    };
    void slots.take("x", never);
    void slots.take("x", never);
    await settle();
    expect(running).toBe(1);
    limit = 3;
    void slots.take("x", never);
    await settle();
    expect(running).toBe(3);
  });
});
