import { setTimeout as pause } from "node:timers/promises";
import { percentile, round } from "../suite";
import { dispatchUntilWait } from "./dispatch-until";
import { fillDesk, type SendingDesk } from "./sending-desk";

const ROUNDS = 20;

/** From the press to the moment after which no hand-over began, while eight mailboxes send as fast as they can. */
export async function measureKillSwitch(desk: SendingDesk): Promise<number> {
  const delays: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const mailboxes = await fillDesk(desk.db, { sent: 0, due: 800, mailboxes: 8 });
    let goesOn = true;
    const dispatchers = mailboxes.map((mailbox) => dispatchUntilWait(desk, mailbox, () => goesOn));
    await pause(100 + 10 * turn);
    const pressedAt = Date.now();
    await desk.setKillSwitch(true);
    const answeredAt = Date.now();
    // Whatever still begins after the answer would show in the transport now.
    await pause(100);
    goesOn = false;
    await Promise.all(dispatchers);
    delays.push(Math.max(answeredAt, await desk.lastHandOver()) - pressedAt);
    await desk.setKillSwitch(false);
  }
  return round(percentile(delays, 0.95));
}
