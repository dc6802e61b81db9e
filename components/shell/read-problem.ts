/**
 * What a server action said went wrong, or null when nothing did.
 * Understands `{ error: "…" }`, `{ error: { message } }` and `{ ok: false, message: "…" }`; anything else is success.
 */
export function readProblem(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null) return null;
  if ("error" in answer && answer.error) return messageOf(answer.error);
  if ("ok" in answer && answer.ok === false) return messageOf(answer);
  return null;
}

function messageOf(problem: unknown): string {
  if (typeof problem === "string") return problem;
  if (
    typeof problem === "object" &&
    problem !== null &&
    "message" in problem &&
    typeof problem.message === "string"
  )
    return problem.message;
  return "It did not work. Nothing was changed.";
}
