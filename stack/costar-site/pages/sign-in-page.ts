import { escapeHtml, page } from "./layout";

/** The sign-in form, with CoStar's own element ids. */
export function signInPage(message: string, username = ""): string {
  const alert =
    message === "" ? "" : `<p class="bad" role="alert" id="signinerror">${escapeHtml(message)}</p>`;
  return page(
    "Sign in",
    `<div class="card">
<span class="badge">CoStar stand-in</span>
<h1>Sign in</h1>
${alert}
<form id="signinform" method="post" action="/signin">
<label for="username">Username</label>
<input id="username" name="username" autocomplete="username" required value="${escapeHtml(username)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button id="loginButton" type="submit">Sign in</button>
</form>
</div>`,
  );
}
