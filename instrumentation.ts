/** Runs once when the server starts: settings are checked, the browser session of the last run is forgotten, new mail is listened for. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/lib/server/env");
  env();
  const { startRelay } = await import("@/lib/mailbox/relay/start-relay");
  const { emailSynced, mailArrived } = await import("@/inngest/events");
  const { announce } = await import("@/inngest/announce");
  const relayOnly = startRelay((address) => announce(mailArrived.create({ address })));
  if (relayOnly) return;
  const { forgetCoStarSession } = await import("@/lib/costar/session-state");
  void forgetCoStarSession();
  const { listenForMail } = await import("@/lib/replies/listen-for-mail");
  listenForMail((emailId) => announce(emailSynced.create({ emailId }, { id: `email-${emailId}` })));
}
