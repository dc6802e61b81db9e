import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** One sentence: what this page is for, or what will happen. */
  description?: ReactNode;
  /** A breadcrumb, where there is a page above. */
  above?: ReactNode;
  /** A status badge or the like, beside the title. */
  aside?: ReactNode;
  actions?: ReactNode;
};

export function PageHeader({ title, description, above, aside, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 grid gap-2">
      {above}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl leading-7 break-words">{title}</h1>
            {aside}
          </div>
          {description && <div className="max-w-prose text-muted-foreground">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
