import type { Route } from "./route";
import { apps } from "./routes/apps";
import { checkpoint } from "./routes/checkpoint";
import { eventQueries } from "./routes/event-queries";
import { health } from "./routes/health";
import { invoke } from "./routes/invoke";
import { receiveEvents } from "./routes/receive-events";
import { register } from "./routes/register";
import { runActions } from "./routes/run-actions";
import { runQueries } from "./routes/run-queries";
import { runState } from "./routes/run-state";
import { signals } from "./routes/signals";

/** Everything the engine answers. The first path that matches wins; the busiest come first. */
export const routes: readonly Route[] = [
  ...checkpoint,
  ...receiveEvents,
  ...register,
  ...runQueries,
  ...runActions,
  ...eventQueries,
  ...invoke,
  ...signals,
  ...runState,
  ...apps,
  ...health,
];
