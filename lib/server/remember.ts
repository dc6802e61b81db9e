import "server-only";

const answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>();

/** Asks once and gives the same answer until it is `ms` old; an error is not remembered. */
export function remember<Answer>(key: string, ms: number, ask: () => Promise<Answer>): Promise<Answer> {
  const known = answers.get(key);
  if (known && known.until > Date.now()) return known.answer as Promise<Answer>;
  const answer = ask();
  answers.set(key, { until: Date.now() + ms, answer });
  answer.catch(() => answers.delete(key));
  return answer;
}
