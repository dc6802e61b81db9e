import { measureKillSwitch } from "./kill-switch-delay";
import { measureLimit } from "./limit-granted";
import { measureReserve } from "./reserve-time";
import { openSendingDesk } from "./sending-desk";
import { measureThroughput } from "./sends-per-second";

const desk = await openSendingDesk();
try {
  process.send?.({
    reserve_p95_ms: await measureReserve(desk),
    sends_per_s: await measureThroughput(desk),
    limit_granted: await measureLimit(desk),
    kill_switch_p95_ms: await measureKillSwitch(desk),
  });
} finally {
  await desk.close();
}
process.disconnect();
