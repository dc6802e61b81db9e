/** A list of names behind its count; a short one stands open. */
export function LookupNames({
  title,
  names,
  open,
}: {
  title: string;
  names: readonly string[];
  open?: boolean;
}) {
  if (names.length === 0) return null;
  return (
    <details open={open ?? names.length <= 12} className="rounded-md border">
      <summary className="cursor-pointer px-3 py-2 -outline-offset-2 touch:min-h-11 touch:content-center">
        {title}: {names.length.toLocaleString("en-US")}
      </summary>
      <ul className="grid max-h-80 gap-x-6 gap-y-1 overflow-auto border-t p-3 sm:grid-cols-2 lg:grid-cols-3">
        {names.map((name) => (
          <li key={name} className="min-w-0 break-words">
            {name}
          </li>
        ))}
      </ul>
    </details>
  );
}
