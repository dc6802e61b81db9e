import type { ReactNode } from "react";

/**
 * Holds a decision's buttons at the bottom edge, above the tab bar or status bar, so that on a phone they are under
 * the thumb. `children` are the buttons, the primary one last; `summary` says in words what it will do.
 */
export function ActionBar({ summary, children }: { summary?: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-(--shell-bottom) z-20 -mx-4 mt-6 flex flex-col gap-2 border-t bg-background px-4 py-3 md:-mx-6 md:flex-row md:items-center md:justify-between md:px-6">
      <div className="min-w-0 text-sm text-muted-foreground">{summary}</div>
      <div className="flex flex-wrap justify-end gap-2 max-md:[&>*]:flex-auto">{children}</div>
    </div>
  );
}
