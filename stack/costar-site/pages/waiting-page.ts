import { escapeHtml, page } from "./layout";

/** Waits for the phone: asks every half second and moves on by itself. */
export function waitingPage(secondsLeft: number, auto: boolean): string {
  const how = auto
    ? "This stand-in approves the sign-in by itself in a moment."
    : `Open <a href="/phone">/phone</a> on the stand-in phone and tap <strong>Approve sign-in</strong>.`;
  return page(
    "Approve on your phone",
    `<div class="card" id="twofactor">
<span class="badge">CoStar stand-in</span>
<h1>Approve the sign-in on your phone</h1>
<p>${how}</p>
<p class="quiet" role="status">Waiting for the phone, <span class="number" id="secondsLeft">${secondsLeft}</span> s left.</p>
<form method="post" action="/2fa/cancel"><button class="second" type="submit">Cancel</button></form>
</div>`,
    `const left = document.getElementById("secondsLeft");
async function look() {
  try {
    const answer = await (await fetch("/2fa/status")).json();
    if (answer.state !== "waiting") { location.replace("/2fa/finish"); return; }
    left.textContent = answer.secondsLeft;
  } catch { /* The site is being restarted: it is asked again in a moment. */ }
  setTimeout(look, 500);
}
setTimeout(look, 500);`,
  );
}

/** The phone said no, or nobody answered. */
export function refusedPage(why: string): string {
  return page(
    "Not signed in",
    `<div class="card" id="twofactorrefused">
<span class="badge">CoStar stand-in</span>
<h1 role="alert">${escapeHtml(why)}</h1>
<form method="post" action="/2fa/again"><button id="resendButton" type="submit">Ask the phone again</button></form>
<form method="post" action="/2fa/cancel"><button class="second" type="submit">Back to sign-in</button></form>
</div>`,
  );
}
