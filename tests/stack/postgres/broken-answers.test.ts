import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineFault } from "@/stack/postgres/engine-fault";
import { type Expected, MessageReader, readAnswer } from "@/stack/postgres/read-answer";
import { openSpoiledEngine, type SpoiledEngine, writeError } from "./spoiled-engine";

let engine: SpoiledEngine;
beforeAll(async () => {
  engine = await openSpoiledEngine();
  await engine.db.exec(
    "create table t (id int primary key, v text); insert into t values (1, 'one'), (2, 'two')",
  );
});
afterAll(() => engine?.close());

const READ = "select id, v from t where id <= $1 order by id";
const WRITE = "insert into t values ($1, 'new') returning id, v";
const settings = { role: "postgres", claims: { sub: "ada" }, method: "POST", path: "/t" };
const read = () => engine.db.queryOnce(READ, ["2"], { readOnly: true, settings });
const write = (id: number) => engine.db.queryOnce(WRITE, [String(id)], { settings });
const drop = (index: number) => (messages: readonly Buffer[]) => messages.filter((_, at) => at !== index);

describe("An answer that is not the answer to what was asked", () => {
  /** Scope (its row is nobody's answer) and read, with everything described. */
  const expected: Expected[] = [
    { closes: false, parses: true, describes: false },
    { closes: false, parses: true, describes: true },
  ];

  it("is refused whichever of its messages is lost, doubled, cut or changed for another", async () => {
    const whole: Buffer[] = [];
    engine.spoilNext((messages) => {
      whole.push(...messages);
      return messages;
    });
    await engine.db.queryOnce("select id, v as w from t where id <= $1 order by id", ["2"], {
      readOnly: true,
      settings: { ...settings, claims: {} },
    });
    expect(engine.heard[0]).toBe("1 2 D C 1 2 T D D C Z");
    const judge = (messages: readonly Buffer[]) =>
      readAnswer(
        new MessageReader().read(Buffer.concat(messages), () => {}),
        expected,
        true,
      );
    expect(judge(whole).statements.at(-1)?.rows).toEqual([
      ["1", "one"],
      ["2", "two"],
    ]);
    const spoilt = whole.flatMap((message, at) => [
      drop(at)(whole),
      [...whole.slice(0, at), message, ...whole.slice(at)],
      [...whole.slice(0, at), message.subarray(0, -1), ...whole.slice(at + 1)],
      [...whole.slice(0, at), Buffer.from("n\0\0\0\x04"), ...whole.slice(at + 1)],
      [...whole.slice(0, at), Buffer.from("?\0\0\0\x04"), ...whole.slice(at + 1)],
      whole.slice(0, at),
      [
        ...whole.slice(0, at),
        writeError("ERROR", "XX000", "ERRORDATA_STACK_SIZE exceeded"),
        whole.at(-1) ?? message,
      ],
      [...whole.slice(0, at), writeError("PANIC", "58030", "could not write"), whole.at(-1) ?? message],
    ]);
    for (const messages of spoilt) expect(() => judge(messages)).toThrow(EngineFault);
    // A statement that failed is an answer, wherever it failed.
    for (const at of [0, 1, 2, 3, 4, 5, 7])
      expect(
        judge([...whole.slice(0, at), writeError("ERROR", "22P02", "bad"), whole.at(-1) ?? Buffer.alloc(0)])
          .error?.code,
      ).toBe("22P02");
  });
});

describe("A database whose engine answers wrongly", () => {
  it("stores nothing of a write whose answer lost any message, says so, and goes on with another engine", async () => {
    engine.spoilNext(undefined);
    await write(100);
    const shape = engine.heard;
    expect(shape).toEqual(["1 2 D C 1 2 T D C", "Z"]);
    // Scope parsed, statement parsed, its columns, its row, its end. (Every message of an answer is tried above.)
    for (const index of [0, 4, 6, 7, 8]) {
      engine.replaced.length = 0;
      engine.spoilNext(drop(index));
      await expect(write(200 + index)).rejects.toMatchObject({
        name: "EngineFault",
        kind: "protocol",
        code: "XX000",
      });
      expect(engine.replaced).toMatchObject([{ kind: "protocol", who: "postgres ada, POST /t" }]);
      expect(await engine.db.query("select count(*)::int as n from t where id >= 200")).toEqual([{ n: 0 }]);
    }
  }, 180_000);

  it("asks a read again whose answer went astray, and gives the rows of that statement", async () => {
    for (const index of [6, 9]) {
      engine.spoilNext(drop(index));
      expect(await read()).toEqual([
        { id: 1, v: "one" },
        { id: 2, v: "two" },
      ]);
    }
  });

  it("undoes a transaction as a whole, whichever of its answers is broken", async () => {
    for (const skip of [1, 2]) {
      engine.spoilNext(drop(0), skip);
      const work = engine.db.transaction(async (tx) => {
        await tx.query("insert into t values (300, 'a')");
        // One that swallows its errors must not be told that all was stored.
        await tx.query("insert into t values (301, 'b')").catch(() => undefined);
      });
      await expect(work).rejects.toMatchObject({ name: "EngineFault" });
    }
    const left = await engine.db.query("select id from t where id in (300, 301) order by id");
    // The answer to the commit itself may be lost when it is done: then all of it is there.
    expect([[], [{ id: 300 }, { id: 301 }]]).toContainEqual(left);
  });

  it("is replaced when it reports an internal error, and is heard on by whoever listened", async () => {
    const heard: string[] = [];
    const stop = await engine.db.listen("news", (payload) => heard.push(payload));
    engine.replaced.length = 0;
    engine.spoilNext((messages) => [
      writeError("ERROR", "XX000", "cache lookup failed"),
      messages.at(-1) ?? Buffer.alloc(0),
    ]);
    await expect(read()).rejects.toMatchObject({ kind: "internal", message: "cache lookup failed" });
    expect(engine.replaced).toMatchObject([{ kind: "internal", reason: "cache lookup failed" }]);
    await engine.db.query("select pg_notify('news', 'still here')");
    expect(heard).toEqual(["still here"]);
    await stop();
  });
});
