import { COSTAR_UNITS, type CoStarPayload } from "@/lib/criteria/payload";
import {
  type CoStarSite,
  type CoStarSiteOptions,
  startCoStarSite,
} from "@/stack/costar-site/start-costar-site";

export const USERNAME = "desk@brokers.example";
const PASSWORD = "correct horse";

/** A site whose clock the test turns. */
export async function startSite(twoFactor: Partial<CoStarSiteOptions["twoFactor"]> = {}) {
  const clock = { nowMs: Date.UTC(2026, 5, 1, 12) };
  const site = await startCoStarSite({
    port: 0,
    twoFactor: { mode: "auto", afterMs: 0, timeoutMs: 60_000, ...twoFactor },
    username: USERNAME,
    password: PASSWORD,
    now: () => clock.nowMs,
  });
  return { site, clock };
}

/** As little of a browser as the site needs: cookies, and redirects followed by hand. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  constructor(private readonly site: CoStarSite) {}

  async get(path: string) {
    return await this.#follow(path, { method: "GET" });
  }

  async submit(path: string, fields: Record<string, string> = {}) {
    return await this.#follow(path, { method: "POST", body: new URLSearchParams(fields) });
  }

  async post(path: string, body: unknown) {
    const headers = { "content-type": "application/json", cookie: this.#cookieHeader() };
    return await fetch(this.site.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async signIn(password = PASSWORD) {
    await this.submit("/signin", { username: USERNAME, password });
    return await this.get("/2fa");
  }

  async #follow(path: string, init: { method: string; body?: URLSearchParams }) {
    let next = path;
    let request: RequestInit = init;
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await fetch(this.site.url + next, {
        ...request,
        redirect: "manual",
        headers: { cookie: this.#cookieHeader() },
      });
      for (const line of response.headers.getSetCookie()) {
        const [name = "", value = ""] = line.split(";")[0]?.split("=") ?? [];
        if (value) this.#cookies.set(name, value);
        else this.#cookies.delete(name);
      }
      const location = response.headers.get("location");
      if (!location) return { path: next, status: response.status, html: await response.text() };
      next = location;
      request = { method: "GET" };
    }
    throw new Error("too many redirects");
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

export function payload(property: CoStarPayload["0"]["Property"], rest: Partial<CoStarPayload["0"]> = {}) {
  return {
    "0": { Property: property, ...rest },
    "1": 2_000,
    "2": 1,
    "3": COSTAR_UNITS,
    "4": false,
    "5": [],
  } satisfies CoStarPayload;
}

export function inMarkets(...ids: number[]): Partial<CoStarPayload["0"]> {
  return { Geography: { Filter: { FilterType: 132, Ids: ids } } };
}
