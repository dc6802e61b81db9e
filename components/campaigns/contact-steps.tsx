import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

interface ContactStepsProps {
  readonly name: string;
  readonly mailbox?: string | null;
  readonly previousHref: string | null;
  readonly nextHref: string | null;
  /** The keys that do the same, where the page listens to them. */
  readonly keys?: { readonly previous: string; readonly next: string };
}

/** Whose mails these are, and the way to the contact before and behind. */
export function ContactSteps({ name, mailbox, previousHref, nextHref, keys }: ContactStepsProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p>
        Mails to <span className="font-semibold">{name}</span>
        {mailbox && <span className="text-muted-foreground"> from {mailbox}</span>}
      </p>
      <div className="flex gap-2">
        <Step href={previousHref} label="Previous contact" shortcut={keys?.previous} />
        <Step href={nextHref} label="Next contact" shortcut={keys?.next} />
      </div>
    </div>
  );
}

function Step({
  href,
  label,
  shortcut,
}: {
  href: string | null;
  label: string;
  shortcut: string | undefined;
}) {
  const words = (
    <>
      {label} {shortcut && <Kbd>{shortcut}</Kbd>}
    </>
  );
  if (!href)
    return (
      <Button variant="outline" size="sm" disabled>
        {words}
      </Button>
    );
  return (
    <Button asChild variant="outline" size="sm">
      <Link href={href} replace scroll={false}>
        {words}
      </Link>
    </Button>
  );
}
