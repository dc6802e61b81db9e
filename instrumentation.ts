/** Runs once when the server starts: the settings are checked, and new mail is listened for. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/lib/config/env");
  env();
  const { listenForMail } = await import("@/lib/replies/listen-for-mail");
  const { emailSynced } = await import("@/inngest/events");
  const { announce } = await import("@/inngest/announce");
  listenForMail((emailId) => announce(emailSynced.create({ emailId }, { id: `email-${emailId}` })));
}
