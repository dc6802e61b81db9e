import { diffTexts } from "./diff-texts";

/** What was taken out and put in between two texts: struck through and underlined, not by colour alone. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  let at = 0;
  return (
    <p className="break-words whitespace-pre-wrap">
      {diffTexts(before, after).map((part) => {
        const key = at++;
        if (part.added)
          return (
            <ins key={key} className="bg-positive-soft">
              {part.value}
            </ins>
          );
        if (part.removed)
          return (
            <del key={key} className="bg-danger-soft">
              {part.value}
            </del>
          );
        return <span key={key}>{part.value}</span>;
      })}
    </p>
  );
}
