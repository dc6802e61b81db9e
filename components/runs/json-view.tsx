/** A value as indented JSON, behind its title; nothing when there is none. */
export function JsonView({ title, value, open = false }: { title: string; value: unknown; open?: boolean }) {
  if (value === null || value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <details open={open} className="min-w-0 rounded-md border">
      <summary className="flex min-h-8 items-center px-3 text-xs text-muted-foreground touch:min-h-11">
        {title}
      </summary>
      <pre className="max-h-96 overflow-auto border-t px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap">
        {text.length > 20_000 ? `${text.slice(0, 20_000)}\n… ${text.length - 20_000} more characters` : text}
      </pre>
    </details>
  );
}
