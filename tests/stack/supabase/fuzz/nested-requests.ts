import { seedRandom } from "./seed-random";

/** Who asks: nobody signed in, a person, or the secret key. */
export type Asker = "anon" | "ada" | "service";

export interface NestedRequest {
  readonly asker: Asker;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The row of `kv` it would write, change or remove, and what must be there after a success. */
  readonly row?: { readonly k: string; readonly after: { readonly v: unknown } | "gone" };
  /** What the answer must be after a success. */
  readonly echo?: unknown;
}

const enc = encodeURIComponent;
const DEPTHS = [2, 5, 12, 17, 33, 65, 99, 101, 400, 2_000, 7_000];
const COUNTS = [2, 10, 21, 41, 200, 251, 800, 3_000];

/** Whole pieces of every grammar the REST half reads, by where they stand. */
const GRAMMARS: Readonly<Record<string, readonly string[]>> = {
  select: [
    "id,title,data->a->>0,views::text,n:status",
    "*,comments(id,body,posts(title,authors!author_id(name)))",
    "id,...authors!editor_id(bio),tags!inner(label)",
    "count(),status",
    "title::tsquery,data::text::int",
  ],
  order: ["id.desc.nullslast,title", "authors(name).asc", "data->a->>b.desc"],
  or: [
    "(id.eq.1,and(views.gt.2,not.or(title.like.a*,status.is.null)))",
    '(title.in.("a,b",c),data->>a.eq."x")',
  ],
  limit: ["5", "1", "0"],
  title: [
    "eq.x",
    "fts(english).a&!b|(c<->d)",
    "plfts.a b",
    'wfts."a b" -c or d',
    "match.^(a|b)[c-d]{1,3}$",
    "like(any).{a*,*b}",
    "ilike.*a*",
    "isdistinct.x",
  ],
  views: ["in.(1,2,3)", "not.gte.5", "eq(any).{1,2}", "lt.999999999999999999999"],
  data: ['cs.{"a":[1,{"b":null}]}', 'cd.{"a":1}', "eq.[]", "not.is.null"],
  published_at: ["gt.2024-01-01T00:00:00Z", "is.null", "eq.infinity"],
  tags: ["cs.{a,b}", 'ov.{"a b",c}', "eq.{{1,2},{3,4}}"],
  "data->a->>b": ["eq.1", "in.(a,b)"],
};
/** Openings that nest, each with what closes it. */
const NESTS: ReadonlyArray<readonly [string, string]> = [
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ["and(", ")"],
  ["not.or(", ")"],
  ["!", ""],
  ["comments(posts(", "))"],
  ["->a", ""],
  ['"', '"'],
  ["not.", ""],
  ['{"a":', "}"],
  ["x:", ""],
  ["-", ""],
  ["(?:a|", ")*"],
  ["\\", ""],
];

/** Requests that nest, repeat and truncate every grammar and every JSON body; the same seed gives the same ones. */
export function nestedRequests(seed: number): () => NestedRequest {
  const random = seedRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const cutShort = (text: string) => text.slice(0, below(text.length + 1));
  const nest = (text: string): string => {
    const [open, close] = pick(NESTS);
    const depth = pick(DEPTHS);
    const at = below(text.length + 1);
    const inner = random() < 0.5 ? text.slice(at) : "1";
    return `${text.slice(0, at)}${open.repeat(depth)}${inner}${random() < 0.7 ? close.repeat(depth) : ""}`;
  };
  const repeat = (text: string): string => {
    const count = Math.min(pick(COUNTS), Math.ceil(12_000 / (text.length + 1)));
    return Array(count)
      .fill(text)
      .join(pick([",", "", "&", "."]));
  };
  const twist = (text: string): string => {
    const way = random();
    if (way < 0.15) return text;
    if (way < 0.5) return nest(text);
    if (way < 0.7) return repeat(text);
    return way < 0.85 ? cutShort(text) : cutShort(nest(repeat(text)));
  };
  /** What Node reads of an address at most is 16 kB; beyond that nothing reaches the server. */
  const shorten = (path: string) => path.slice(0, 14_000).replace(/%.?$/, "");

  const json = (): unknown => {
    const leaf = pick<unknown>([1, "x", null, true, [], {}, 'é"\\\n', "\u0000", 1e300, { a: { b: [1] } }]);
    const way = random();
    if (way < 0.35) return leaf;
    if (way < 0.6) return Array(pick(COUNTS)).fill(leaf);
    let value: unknown = leaf;
    for (let depth = pick([3, 10, 50, 90, 98, 110, 150]); depth > 0; depth -= 1)
      value = random() < 0.5 ? [value] : { a: value };
    return value;
  };
  const deepText = () => {
    const [open, close] = pick([
      ["[", "]"],
      ['{"a":', "}"],
      ['[{"b":', "}]"],
    ] as const);
    const depth = pick([1_000, 7_000, 60_000]);
    return `${open.repeat(depth)}1${random() < 0.8 ? close.repeat(depth) : ""}`;
  };
  /** A value as text, with what it must be when it is stored; text that is spoilt cannot be. */
  const jsonText = (): { text: string; value?: unknown } => {
    const way = random();
    if (way < 0.25) return { text: deepText() };
    const value = json();
    const text = JSON.stringify(value);
    if (way < 0.4) return readWhole(text.slice(0, below(text.length)));
    return { text, value };
  };

  let made = 0;
  const asker = (): Asker => pick(["anon", "anon", "ada", "ada", "service"]);
  const read = (): NestedRequest => {
    const keys = Array.from({ length: 1 + below(2) }, () => pick(Object.keys(GRAMMARS)));
    const query = [...new Set(keys)].map((key) => {
      const name = random() < 0.05 ? twist(key) : key;
      return `${enc(name)}=${enc(twist(pick(GRAMMARS[key] ?? [""])))}`;
    });
    const headers: Record<string, string> =
      random() < 0.1
        ? {
            prefer: twist("count=exact,return=representation")
              .slice(0, 2_000)
              .replace(/[^ -~]/g, ""),
          }
        : {};
    return {
      asker: asker(),
      method: "GET",
      path: shorten(`/rest/v1/${pick(["posts", "authors", "comments"])}?${query.join("&")}`),
      headers,
      body: "",
    };
  };
  const echo = (): NestedRequest => {
    const { text, value } = jsonText();
    if (random() < 0.3)
      return {
        asker: asker(),
        method: "GET",
        path: shorten(`/rest/v1/rpc/echo_json?payload=${enc(text)}`),
        headers: {},
        body: "",
      };
    const body = `{"payload":${text}}`;
    return {
      asker: asker(),
      method: "POST",
      path: "/rest/v1/rpc/echo_json",
      headers: {},
      body,
      ...(value !== undefined && { echo: value }),
    };
  };
  const write = (): NestedRequest => {
    made += 1;
    const k = `${seed}-${made}`;
    const { text, value } = jsonText();
    const after = { v: value };
    const row = `{"ns":"fuzz","k":"${k}","v":${text}}`;
    const body = random() < 0.3 ? `[${row}]` : row;
    const prefer = pick([
      "return=minimal",
      "return=representation",
      "missing=default,return=minimal",
      "resolution=merge-duplicates",
    ]);
    return {
      asker: asker(),
      method: "POST",
      path: "/rest/v1/kv",
      headers: { prefer },
      body,
      row: { k, after },
    };
  };
  const change = (): NestedRequest => {
    const k = `${seed}-${1 + below(Math.max(1, made))}`;
    const { text, value } = jsonText();
    const filter = random() < 0.6 ? "" : `&or=${enc(twist("(n.gte.0,v.is.null)"))}`;
    const path = shorten(`/rest/v1/kv?ns=eq.fuzz&k=eq.${k}${filter}`);
    if (random() < 0.3)
      return { asker: asker(), method: "DELETE", path, headers: {}, body: "", row: { k, after: "gone" } };
    return {
      asker: asker(),
      method: "PATCH",
      path,
      headers: {},
      body: `{"v":${text}}`,
      row: { k, after: { v: value } },
    };
  };
  const signIn = (): NestedRequest => {
    const body = pick([
      () => `{"email":"nobody@example.com","password":"x","data":${jsonText().text}}`,
      () => `{"refresh_token":${jsonText().text}}`,
      () => twist('{"email":"a@b.co","password":"x"}'),
      deepText,
    ])();
    const path = `/auth/v1/token?grant_type=${pick(["password", "refresh_token"])}`;
    return { asker: "anon", method: "POST", path, headers: {}, body };
  };
  return () => pick([read, read, read, read, echo, write, write, change, signIn])();
}

/** A text that was cut short may still be JSON: `1e+300` is `1e+30` then. */
function readWhole(text: string): { text: string; value?: unknown } {
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    return { text };
  }
}
