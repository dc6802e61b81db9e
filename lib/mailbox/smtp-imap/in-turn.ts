const turns = new Map<string, Promise<unknown>>();

/** One piece of work per account after the other: two looks for one key at once could both find nothing. */
export function inTurn<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(account) ?? Promise.resolve();
  const turn = before.then(work, work);
  const settled = turn.catch(() => undefined);
  turns.set(account, settled);
  void settled.then(() => {
    if (turns.get(account) === settled) turns.delete(account);
  });
  return turn;
}
