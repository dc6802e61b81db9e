// happy-dom is no DOM DOMPurify can stand on; jsdom is one its makers test with.
// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { HtmlView } from "@/components/replies/html-view";
import { tameHtml } from "@/components/replies/tame-html";
import { person } from "./support/setup";

const bodyOf = (html: string) => /<body>(.*)<\/body>/s.exec(tameHtml(html))?.[1] ?? "";

describe("A mail's own layout", () => {
  test.each([
    ["leads nowhere", '<a href="https://evil.example" style="color: red">link</a>', "href"],
    ["asks no server for a picture", '<img src="https://t.example/pixel.gif" width="1">', "src"],
    ["shows no picture that could hold a script", '<img src="data:image/svg+xml;base64,AAAA">', "src"],
    ["loads nothing through a style", '<p style="background: url(http://t.example)">x</p>', "url"],
    [
      "loads nothing through a style written with backslashes",
      '<p style="b: u\\72l(http://t.example)">x</p>',
      "http",
    ],
    ["runs nothing when a picture fails", '<img src="x" onerror="alert(1)">', "alert"],
    ["has nothing to fill in", '<form action="x">Your card <input name="card"></form>', "card"],
    ["holds no other page", '<iframe src="https://evil.example">in</iframe>', "iframe"],
    ["names nothing a style sheet or a script could find", '<p id="a" class="b" data-c="d">x</p>', "class"],
  ])("%s", (_, html, gone) => {
    expect(bodyOf(`${html}<p>tail</p>`)).not.toContain(gone);
    expect(bodyOf(`${html}<p>tail</p>`)).toContain("<p>tail</p>");
  });

  test("keeps its tables, colours and the pictures it brought along", () => {
    const body = bodyOf(
      '<table border="1" cellpadding="2"><tbody><tr><td colspan="2" valign="top"><font face="Arial" color="red">x</font></td></tr></tbody></table><img src="data:image/png;base64,AAAA" alt="in">',
    );
    for (const kept of [
      'border="1"',
      'cellpadding="2"',
      'colspan="2"',
      'valign="top"',
      'face="Arial"',
      "image/png",
      'alt="in"',
    ])
      expect(body).toContain(kept);
  });

  test("keeps a harmless style sheet and drops one that loads", () => {
    expect(tameHtml("<html><head><style>td{color:red}</style></head><body>x</body></html>")).toContain(
      "td{color:red}",
    );
    expect(tameHtml('<html><head><style>@import "x"</style></head><body>x</body></html>')).not.toContain(
      "@import",
    );
  });

  test("is drawn only when asked for, in a frame that can do nothing, and put away again", async () => {
    const user = person();
    render(<HtmlView emailId="e1" onRead={async () => ({ ok: true, value: "<p>Hello</p>" })} />);
    expect(screen.queryByTitle(/original layout/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show the original layout" }));
    const frame = await screen.findByTitle(/original layout/);
    expect(frame.getAttribute("sandbox")).toBe("");
    expect(frame.getAttribute("srcdoc")).toContain("<p>Hello</p>");
    await user.click(screen.getByRole("button", { name: "Back to text" }));
    expect(screen.queryByTitle(/original layout/)).toBeNull();
  });

  test("says so when a mail came as plain text, and when it could not be read", async () => {
    const user = person();
    render(<HtmlView emailId="e1" onRead={async () => ({ ok: true, value: null })} />);
    await user.click(screen.getByRole("button", { name: "Show the original layout" }));
    expect(await screen.findByText("This mail came as plain text only.")).toBeTruthy();
  });
});
