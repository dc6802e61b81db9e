import type { SignIn } from "../sign-in/sign-ins";
import { escapeHtml, page } from "./layout";

/** The phone that approves sign-ins. Works without scripts; with them the list keeps itself up to date. */
export function phonePage(waiting: readonly SignIn[], nowMs: number): string {
  return page(
    "Phone",
    `<span class="badge">Stand-in phone</span>
<h1>Sign-in requests</h1>
<p class="quiet">This page stands in for the phone that CoStar asks for two-factor approval.</p>
<div id="requests" aria-live="polite">${phoneRequests(waiting, nowMs)}</div>`,
    `const list = document.getElementById("requests");
let shown = "";
async function look() {
  try {
    const answer = await (await fetch("/phone/pending")).json();
    if (answer.key !== shown) { list.innerHTML = answer.html; shown = answer.key; }
    for (const item of answer.waiting) {
      const left = list.querySelector('[data-left="' + item.id + '"]');
      if (left) left.textContent = item.secondsLeft;
    }
  } catch { /* The site is being restarted: it is asked again in a moment. */ }
  setTimeout(look, 1000);
}
look();`,
  );
}

/** The list alone; the page fetches it again when the set of requests changes. */
export function phoneRequests(waiting: readonly SignIn[], nowMs: number): string {
  if (waiting.length === 0) return '<div class="card"><p class="quiet">Nothing waits for approval.</p></div>';
  return waiting.map((signIn) => requestCard(signIn, nowMs)).join("\n");
}

function requestCard(signIn: SignIn, nowMs: number): string {
  const at = new Date(signIn.startedAtMs).toISOString();
  return `<form class="card" method="post" action="/phone/decide">
<input type="hidden" name="id" value="${escapeHtml(signIn.id)}">
<h2>Is this you?</h2>
<p>Somebody signs in to the CoStar stand-in.</p>
<p class="quiet">${escapeHtml(signIn.browser)} · <time class="number" datetime="${at}">${at.slice(11, 19)} UTC</time> ·
<span class="number" data-left="${escapeHtml(signIn.id)}">${secondsLeft(signIn, nowMs)}</span> s left</p>
<button type="submit" name="verdict" value="approved">Approve sign-in</button>
<button class="second" type="submit" name="verdict" value="denied">Deny</button>
</form>`;
}

export function secondsLeft(signIn: SignIn, nowMs: number): number {
  return Math.max(0, Math.ceil((signIn.expiresAtMs - nowMs) / 1_000));
}
