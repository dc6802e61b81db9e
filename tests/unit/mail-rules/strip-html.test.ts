import { describe, expect, test } from "vitest";
import { htmlToText } from "@/lib/mail-rules/html-text";
import { stripHtml } from "@/lib/mail-rules/strip-html";

const HEADER =
  "<b>From:</b> Desk &lt;desk@example.org&gt;<br><b>Sent:</b> Tuesday, March 4, 2025<br><b>To:</b> Owner<br><b>Subject:</b> 12 Main";

describe("the reply in an HTML mail is what a person typed", () => {
  test.each<[string, string]>([
    [
      "Gmail",
      '<div dir="ltr">Yes, $5M.</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, Mar 4, 2025 at 10:12 Desk &lt;d@example.org&gt; wrote:<br></div><blockquote class="gmail_quote">Sell?</blockquote></div>',
    ],
    [
      "Outlook 2013 to 365",
      `<p class="MsoNormal">Yes, $5M.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p>${HEADER}</p></div></div><p>Sell?</p>`,
    ],
    [
      "Outlook 2007 and 2010",
      `<p>Yes, $5M.</p><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p>${HEADER}</p></div><p>Sell?</p>`,
    ],
    [
      "Outlook on the web",
      `<div>Yes, $5M.</div><hr tabindex="-1"><div id="divRplyFwdMsg">${HEADER}</div><div>Sell?</div>`,
    ],
    [
      "Outlook for phones",
      `<div>Yes, $5M.</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div><div id="mail-editor-reference-message-container">${HEADER}<p>Sell?</p></div>`,
    ],
    [
      "Apple Mail",
      '<div>Yes, $5M.</div><div><blockquote type="cite"><div>On Mar 4, 2025, at 10:12, Desk &lt;d@example.org&gt; wrote:</div><div>Sell?</div></blockquote></div>',
    ],
    [
      "Yahoo",
      '<div>Yes, $5M.</div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Tuesday, Desk wrote: Sell?</div></div>',
    ],
    [
      "Thunderbird",
      '<p>Yes, $5M.</p><div class="moz-cite-prefix">On 3/4/25 10:12, Desk wrote:<br></div><blockquote type="cite" cite="mid:x">Sell?</blockquote>',
    ],
    [
      "Proton",
      '<div>Yes, $5M.</div><div class="protonmail_quote">On Tuesday wrote: <blockquote>Sell?</blockquote></div>',
    ],
    ["Gmail with a signature", '<div>Yes, $5M.</div><div class="gmail_signature">Jane<br>310-555-0142</div>'],
    ["no markup of the quote", `<div>Yes, $5M.</div><div>${HEADER}</div><div>Sell?</div>`],
  ])("%s", (_name, html) => {
    expect(stripHtml(`<html><body>${html}</body></html>`)).toBe("Yes, $5M.");
  });

  test("hidden text, scripts and styles are never part of it", () => {
    const html =
      '<style>p{}</style><script>x()</script><p>Yes.</p><div style="display:none">unsubscribe</div><span style="font-size:0">STOP</span>';
    expect(stripHtml(html)).toBe("Yes.");
  });

  test("signatures are kept on request", () => {
    expect(stripHtml('<div>Yes.</div><div class="gmail_signature">Jane</div>', "keep")).toBe("Yes.\nJane");
  });
});

describe("HTML becomes lines as a person sees them", () => {
  test("breaks, paragraphs, lists, entities and cells", () => {
    expect(
      htmlToText("<p>a&amp;b<br>c</p><ul><li>d</li></ul><table><tr><td>e</td><td>f</td></tr></table>"),
    ).toContain("a&b\nc\n\n* d");
  });

  test("a hundred thousand nested elements do not crash it, and what stood before them is read", () => {
    expect(htmlToText(`<p>first</p>${"<div>".repeat(100_000)}deep`)).toBe("first\n");
  });
});
