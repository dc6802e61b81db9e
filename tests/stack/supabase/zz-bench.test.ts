import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import { it } from "vitest";
import { LOCAL_PUBLISHABLE_KEY, LOCAL_SECRET_KEY } from "@/stack/supabase/keys";
import { connect } from "./project/start-project";

for (const engine of (process.env.ENG ?? "pglite,postgres").split(",") as Array<"pglite" | "postgres">)
  it("bench " + engine, async () => {
    const child = spawn(process.execPath, ["--import", "tsx", "tests/stack/supabase/zz-serve.mts", engine], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((r) => child.stdout.on("data", (d) => String(d).includes("READY") && r()));
    const url = "http://127.0.0.1:55410";
    const service = connect(url, LOCAL_SECRET_KEY);
    const p = {
      api: { url, publishableKey: LOCAL_PUBLISHABLE_KEY },
      signIn: async (email: string) => {
        await service.auth.admin.createUser({ email, password: "secret123", email_confirm: true });
        const client = connect(url, LOCAL_PUBLISHABLE_KEY);
        const t = performance.now();
        const r = await client.auth.signInWithPassword({ email, password: "secret123" });
        console.log(engine, "sign-in p95 ms", performance.now() - t);
        return { client, token: r.data.session!.access_token };
      },
      stop: () =>
        new Promise<void>((r) => {
          try {
            console.log(
              "server rss MB /s",
              fs.readFileSync(`/proc/${child.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)![1],
            );
          } catch {}
          child.on("exit", () => r());
          child.kill("SIGTERM");
        }),
    };
    const { client, token } = await p.signIn("p@x.io");
    for (let k = 0; k < 10; k++)
      await client
        .from("requests")
        .insert(Array.from({ length: 50 }, (_, i) => ({ title: `r${k}-${i}`, amount: i })));
    const one = (await client.from("requests").select("id").limit(1)).data![0]!.id;
    const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    const h = {
      apikey: p.api.publishableKey,
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
    };
    const call = (path: string, method = "GET", body?: string) =>
      new Promise<number>((res, rej) => {
        const s = performance.now();
        const r = http.request(
          p.api.url + path,
          {
            agent,
            method,
            headers: {
              ...h,
              ...(body ? { prefer: "return=minimal", "content-length": String(body.length) } : {}),
            },
          },
          (x) => {
            x.resume();
            x.on("end", () =>
              x.statusCode! < 300 ? res(performance.now() - s) : rej(new Error(String(x.statusCode))),
            );
          },
        );
        r.on("error", rej);
        r.end(body);
      });
    const run = async (n: string, conc: number, N: number, f: () => Promise<number>) => {
      for (let i = 0; i < 100; i++) await f();
      const lat: number[] = [];
      let c = 0;
      const t = performance.now();
      await Promise.all(
        Array.from({ length: conc }, async () => {
          while (c < N) {
            c++;
            lat.push(await f());
          }
        }),
      );
      lat.sort((a, b) => a - b);
      console.log(
        engine,
        n,
        "c=" + conc,
        Math.round(N / ((performance.now() - t) / 1000)) + "/s",
        "p50",
        lat[N >> 1]!.toFixed(2),
        "p95",
        lat[Math.floor(N * 0.95)]!.toFixed(2),
      );
    };
    for (const c of [1, 16]) {
      await run("GET one", c, 2500, () => call(`/rest/v1/requests?select=*&id=eq.${one}`));
      await run("GET 20 embed", c, 1500, () =>
        call("/rest/v1/requests?select=id,title,status,decisions(verdict)&order=created_at.desc&limit=20"),
      );
      await run("POST", c, 1000, () => call("/rest/v1/requests", "POST", '{"title":"bench","amount":1}'));
    }
    await run("js single", 1, 1000, async () => {
      const s = performance.now();
      await client.from("requests").select("*").eq("id", one).single();
      return performance.now() - s;
    });
    const waiters = new Map<string, () => void>();
    await new Promise<void>((r, j) => {
      client
        .channel("l")
        .on("postgres_changes", { event: "INSERT", schema: "public", table: "requests" }, (x) =>
          waiters.get(x.new.title)?.(),
        )
        .subscribe((s, e) => (s === "SUBSCRIBED" ? r() : j(e ?? s)));
    });
    const rl: number[] = [];
    for (let i = 0; i < 300; i++) {
      const k = "rt" + i;
      const s = performance.now();
      const q = new Promise<void>((r) => waiters.set(k, r));
      const { error } = await client.from("requests").insert({ title: k });
      if (error) throw error;
      await q;
      rl.push(performance.now() - s);
    }
    rl.sort((a, b) => a - b);
    console.log(engine, "insert->event p50", rl[150]!.toFixed(1), "p95", rl[285]!.toFixed(1));
    console.log("rss", Math.round(process.memoryUsage().rss / 1e6));
    await client.removeAllChannels();
    await p.stop();
  }, 120000);
