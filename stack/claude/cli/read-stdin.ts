/** The real program waits this long for standard input when the prompt came as an argument. */
const PATIENCE_MS = 3_000;
const MAX_STDIN_CHARS = 10 * 1024 * 1024;

/** Everything on standard input, `""` when it is a terminal. @throws {RangeError} above 10 MB. */
export async function readStdin(hasPrompt: boolean): Promise<string> {
  if (process.stdin.isTTY) return "";
  let text = "";
  const patience = hasPrompt ? setTimeout(() => process.stdin.destroy(), PATIENCE_MS) : undefined;
  process.stdin.setEncoding("utf8");
  try {
    for await (const chunk of process.stdin) {
      text += chunk as string;
      if (text.length > MAX_STDIN_CHARS) throw new RangeError("standard input is larger than 10 MB");
    }
  } catch (error) {
    // Our own destroy() of a silent stdin; what was read until then counts.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    clearTimeout(patience);
  }
  return text;
}
