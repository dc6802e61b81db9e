export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A whole page. Every page says in its head, its title and its footer that this is not CoStar. */
export function page(title: string, body: string, script = ""): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="CoStar stand-in">
<title>${escapeHtml(title)} · CoStar stand-in</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
<footer>This is a stand-in for CoStar on your own computer. Its properties, owners and addresses are invented.</footer>
${script === "" ? "" : `<script>${script}</script>`}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --text: #17202b; --quiet: #566172; --line: #d5dae1;
  --accent: #0b5cad; --accent-text: #fff; --bad: #b3261e; --good: #17663a; }
@media (prefers-color-scheme: dark) { :root { --ground: #11161d; --card: #1a212b; --text: #e8ecf1; --quiet: #a3afbf;
  --line: #35404e; --accent: #6cb0f5; --accent-text: #0c1a29; --bad: #f2958e; --good: #7fd3a0; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; gap: 16px; padding: 24px 16px;
  background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", sans-serif; }
main { width: 100%; max-width: 420px; margin: auto 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 24px; margin-bottom: 12px; }
.badge { display: inline-block; border: 1px solid var(--line); border-radius: 999px; padding: 2px 10px; font-size: 13px; color: var(--quiet); }
h1 { font-size: 22px; line-height: 1.25; margin: 12px 0 8px; }
h2 { font-size: 17px; margin: 0 0 4px; }
p { margin: 0 0 12px; }
.quiet { color: var(--quiet); font-size: 14px; }
.bad { color: var(--bad); } .good { color: var(--good); }
label { display: block; font-weight: 600; margin: 12px 0 4px; }
input { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit; color: inherit; background: transparent; border: 1px solid var(--quiet); border-radius: 8px; }
button, .button { display: block; width: 100%; min-height: 48px; margin-top: 12px; padding: 10px 16px; font: inherit; font-weight: 600; text-align: center;
  text-decoration: none; border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: var(--accent-text); cursor: pointer; }
button.second { background: transparent; color: var(--text); border-color: var(--quiet); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.number { font-variant-numeric: tabular-nums; }
footer { max-width: 420px; color: var(--quiet); font-size: 13px; text-align: center; }
`;
