const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 32rem; margin: 0 auto; padding: 3rem 1rem; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .75rem; }
p { margin: 0 0 1.25rem; }
button { min-height: 44px; padding: 0 1.25rem; font: inherit; font-weight: 600; border: 1px solid CanvasText; border-radius: 6px;
  background: CanvasText; color: Canvas; cursor: pointer; }
button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }`;

/** Asks once more: link checkers open every link of a mail, so opening one must not opt anybody out (RFC 8058, section 2). */
export function askPage(): string {
  return page(
    "Stop these mails?",
    `<p>You will get no more mail from us at the address this link was sent to.</p>
<form method="post"><button type="submit" name="List-Unsubscribe" value="One-Click">Stop the mails</button></form>`,
  );
}

export function donePage(): string {
  return page("You will get no more mail from us", "<p>It may take a minute. You can close this page.</p>");
}

export function brokenPage(): string {
  return page(
    "This link is not complete",
    "<p>It may have been cut off. Answer any of our mails with the word <b>unsubscribe</b> and you will get no more.</p>",
  );
}

export function busyPage(): string {
  return page("Too many visits just now", "<p>Try again in a minute; nothing was changed.</p>");
}

export function failedPage(): string {
  return page(
    "Something broke on our side",
    "<p>Nothing was changed. Try again in a minute, or answer any of our mails with the word <b>unsubscribe</b>.</p>",
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>`;
}
