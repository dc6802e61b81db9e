/** What cancelling a search does in its present status, in words before the button. */
export function describeCancel(status: string): string {
  const kept = "Everything found so far is kept, and you can duplicate the search later.";
  if (status === "active")
    return `The campaign stops: no mail that is still scheduled leaves. Mails already sent stay sent, and replies still come in. ${kept}`;
  if (status === "extracting") return `The extraction stops after the request under way. ${kept}`;
  if (status.startsWith("awaiting_"))
    return `What waits for approval is rejected with your reason; nothing of it runs. ${kept}`;
  return `The search ends for good. ${kept}`;
}
