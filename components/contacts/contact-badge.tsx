import { BanIcon, CircleCheckIcon, CircleXIcon, type LucideIcon, MailXIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { ContactStatus } from "@/lib/contacts/contact-status";

const LOOKS: Readonly<
  Record<
    ContactStatus["key"],
    { variant: "positive" | "danger" | "attention" | "secondary"; icon: LucideIcon }
  >
> = {
  mailable: { variant: "positive", icon: CircleCheckIcon },
  do_not_contact: { variant: "danger", icon: BanIcon },
  company_do_not_contact: { variant: "danger", icon: BanIcon },
  address_excluded: { variant: "danger", icon: BanIcon },
  domain_excluded: { variant: "danger", icon: BanIcon },
  bounced: { variant: "attention", icon: CircleXIcon },
  no_email: { variant: "secondary", icon: MailXIcon },
};

/** Whether a contact can be mailed, in words with an icon. */
export function ContactBadge({ status }: { status: ContactStatus }) {
  const { variant, icon: Icon } = LOOKS[status.key];
  return (
    <Badge variant={variant} data-status={status.key}>
      <Icon aria-hidden="true" />
      {status.words}
    </Badge>
  );
}
