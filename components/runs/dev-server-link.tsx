import { ExternalLinkIcon } from "lucide-react";
import { buttonVariants } from "@/components/ui/button";

/** Leads to the page Inngest's own dev server has of the same thing. */
export function DevServerLink({ href }: { href: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className={buttonVariants({ variant: "outline" })}>
      <ExternalLinkIcon aria-hidden="true" /> Open in the Inngest dev server
    </a>
  );
}
