import type { Route } from "../route";

/** The name tells a real Inngest server, which answers the same path, from this engine. */
const NAME = "upstream embedded engine";

export const health: readonly Route[] = [
  {
    method: "GET",
    path: "/health",
    access: "open",
    handle: async () => ({ body: { status: 200, message: "OK", name: NAME } }),
  },
];
