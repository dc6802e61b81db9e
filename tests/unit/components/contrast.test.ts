import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(path.resolve(import.meta.dirname, "../../../app/globals.css"), "utf8");

function readTokens(selector: string): Map<string, number> {
  const block = css.split(`\n${selector} {`)[1]?.split("\n}")[0] ?? "";
  const colours = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g);
  return new Map(
    [...colours].map(([, name = "", l, c, h]) => [name, luminance(Number(l), Number(c), Number(h))]),
  );
}

/** OKLCH to relative luminance (CSS Color 4, section 9; WCAG 2.2), clipped to sRGB as a browser does. */
function luminance(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const SURFACES = ["background", "card", "popover", "sidebar"];
const TONES = ["positive", "attention", "danger", "info"];
const TEXT: [text: string, on: string[]][] = [
  ["foreground", [...SURFACES, "muted", "accent", "primary-soft", ...TONES.map((tone) => `${tone}-soft`)]],
  ["muted-foreground", [...SURFACES, "muted", "accent", "primary-soft"]],
  ["primary", [...SURFACES, "primary-soft"]],
  ["primary-foreground", ["primary"]],
  ["secondary-foreground", ["secondary"]],
  ["accent-foreground", ["accent"]],
  ["destructive-foreground", ["destructive"]],
  ["sidebar-foreground", ["sidebar", "accent"]],
  ...TONES.map((tone): [string, string[]] => [tone, [...SURFACES, `${tone}-soft`]]),
];
const SHAPES: [shape: string, on: string[]][] = [
  ["input", ["background", "card", "popover"]],
  ["ring", SURFACES],
  ...[1, 2, 3, 4, 5].map((n): [string, string[]] => [`chart-${n}`, ["card"]]),
];

describe.each([
  ["light", ":root"],
  ["dark", ".dark"],
])("in %s everyone can read the console", (_, selector) => {
  const tokens = readTokens(selector);
  function contrast(one: string, other: string): number {
    const [dark = Number.NaN, light = Number.NaN] = [one, other]
      .map((name) => tokens.get(name) ?? Number.NaN)
      .sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }
  const pairs = (list: [string, string[]][]) =>
    list.flatMap(([one, on]) => on.map((other) => [one, other] as const));

  test.each(pairs(TEXT))("text in %s on %s has a contrast of 4.5", (text, surface) => {
    expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(pairs(SHAPES))("a shape in %s on %s has a contrast of 3", (shape, surface) => {
    expect(contrast(shape, surface)).toBeGreaterThanOrEqual(3);
  });
});
