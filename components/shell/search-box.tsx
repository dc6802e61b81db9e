import { SearchIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";

type SearchBoxProps = {
  action: string;
  label: string;
  value: string;
  /** The rest of the view, kept when searching. */
  keep?: Record<string, string | undefined>;
};

/** A search that is part of the address; works without scripts. `/` leads here. */
export function SearchBox({ action, label, value, keep = {} }: SearchBoxProps) {
  return (
    <search>
      <form action={action} method="get" className="mb-4 flex max-w-xl gap-2">
        {Object.entries(keep).map(([name, kept]) =>
          kept ? <input key={name} type="hidden" name={name} value={kept} /> : null,
        )}
        <span className="relative flex-1">
          <Input
            type="search"
            name="q"
            defaultValue={value}
            placeholder={label}
            aria-label={label}
            maxLength={120}
            data-page-search
            className="pr-9"
          />
          <Kbd aria-hidden="true" className="pointer-events-none absolute top-2 right-2">
            /
          </Kbd>
        </span>
        <Button type="submit" variant="outline">
          <SearchIcon /> <span className="max-sm:sr-only">Search</span>
        </Button>
      </form>
    </search>
  );
}
