import createPurifier from "dompurify";

const DROPPED = [
  ...["script", "link", "meta", "base", "iframe", "frame", "frameset", "object", "embed", "applet", "form"],
  ...["input", "button", "select", "textarea", "audio", "video", "source", "track", "portal", "svg", "math"],
  ...["template", "noscript", "title"],
];
const KEPT_ATTRIBUTES = [
  ...["align", "valign", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "rowspan"],
  ...["dir", "face", "height", "width", "size", "style", "alt", "lang", "src"],
];

/** Nothing may be loaded, whatever the markup asks for; the frame has no scripts, forms or origin either. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

/**
 * A mail's HTML as a document for a frame with an empty `sandbox`. DOMPurify takes out what could run, load, lead away or
 * be sent; what styles and pictures may name is ours; a policy forbids it once more. Runs in the browser.
 */
export function tameHtml(html: string): string {
  const purifier = createPurifier(window);
  purifier.addHook("uponSanitizeAttribute", (element, attribute) => {
    if (attribute.attrName === "style") attribute.attrValue = tameCss(attribute.attrValue);
    if (attribute.attrName === "src")
      attribute.keepAttr =
        element.nodeName === "IMG" && /^data:image\/(?:png|jpe?g|gif|webp);/i.test(attribute.attrValue);
  });
  const parsed = purifier.sanitize(html, {
    FORBID_TAGS: DROPPED,
    ADD_FORBID_CONTENTS: DROPPED,
    ALLOWED_ATTR: KEPT_ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    WHOLE_DOCUMENT: true,
    RETURN_DOM: true,
    // The root of a whole document, which its types call any node.
  }) as HTMLElement;
  const sheets = [...parsed.querySelectorAll("style")];
  const styles = sheets.map((style) => tameCss(style.textContent)).join("\n");
  for (const style of sheets) style.remove();
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta http-equiv="x-dns-prefetch-control" content="off"><meta name="color-scheme" content="light"><style>body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#1c2427;background:#fff;overflow-wrap:anywhere}${styles}</style></head><body>${parsed.querySelector("body")?.innerHTML ?? ""}</body></html>`;
}

/** Takes out what loads: `url(…)`, `image-set(…)`, `@import`. A backslash could spell them otherwise. */
function tameCss(css: string): string {
  if (css.includes("\\") || /@import|url\s*\(|image-set|<\/style/i.test(css)) return "";
  return css;
}
