import { page } from "./layout";

export function homePage(sessionEndsMs: number, propertyCount: number): string {
  const until = new Date(sessionEndsMs).toISOString();
  return page(
    "Home",
    `<div class="card" id="home">
<span class="badge">CoStar stand-in</span>
<h1 class="good">Signed in</h1>
<p>The session is good until <time class="number" datetime="${until}">${until.slice(11, 16)} UTC</time>.</p>
<p class="quiet number">${propertyCount.toLocaleString("en-US")} invented properties in 13 markets.</p>
<form method="post" action="/signout"><button class="second" type="submit">Sign out</button></form>
</div>`,
  );
}
