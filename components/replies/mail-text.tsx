import { cn } from "@/components/ui/cn";

/** A mail's words, as text and nothing else: line breaks kept, long words broken, no markup, no links. */
export function MailText({ children, className }: { children: string; className?: string }) {
  return (
    <div
      dir="auto"
      className={cn("max-w-prose text-sm leading-6 break-words whitespace-pre-wrap", className)}
    >
      {children}
    </div>
  );
}
