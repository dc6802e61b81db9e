import { RequestError } from "../../errors";
import { registerApp } from "../../functions/register";
import { uuidFor } from "../../ids";
import { parseJson } from "../read-body";
import type { Route } from "../route";

export const register: readonly Route[] = [
  {
    method: "POST",
    path: "/fn/register",
    access: "signing-key",
    handle: async ({ headers, body }, { ledger }) => {
      const expected = headers["x-inngest-expected-server-kind"];
      const kind = ledger.core.settings.signingKey ? "cloud" : "dev";
      if (expected !== undefined && expected !== "" && expected !== kind)
        throw new RequestError(
          400,
          `this server is of kind "${kind}", the app expects "${String(expected)}"`,
        );
      const { app, modified } = await registerApp(ledger, parseJson(body));
      return { body: { ok: true, modified, sync_id: uuidFor(app.checksum), app_id: uuidFor(app.id) } };
    },
  },
];
