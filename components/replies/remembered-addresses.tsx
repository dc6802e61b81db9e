"use client";

import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";
import type { RememberedAddress } from "@/lib/replies/remembered-addresses";

type RememberedAddressesProps = {
  addresses: readonly RememberedAddress[];
  /** Whose they are. */
  name: string;
  className?: string;
  onForget: Action<{ address: string; reason: string }, { forgotten: boolean }>;
};

/** Addresses somebody said a contact writes from as well, each with the way to take that back. Nothing where there is none. */
export function RememberedAddresses({ addresses, name, className, onForget }: RememberedAddressesProps) {
  const { pending, act } = useAct();
  const [asked, setAsked] = useState<string | null>(null);
  if (addresses.length === 0) return null;
  function forget(address: string, reason: string) {
    setAsked(null);
    act(
      "The address is still remembered.",
      () => onForget({ address, reason }),
      ({ forgotten }) =>
        forgotten
          ? toast.success(`${address} is forgotten.`, {
              description: "Mail from it comes unmatched from now on.",
            })
          : toast.info("Somebody has forgotten it before."),
    );
  }
  return (
    <div className={cn("grid gap-2", className)}>
      <p className="text-xs text-muted-foreground">Also writes from</p>
      <ul className="grid gap-2">
        {addresses.map(({ address, by, at }) => (
          <li key={address} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className="min-w-0">
              <span className="block break-all">{address}</span>
              <span className="text-xs text-muted-foreground">
                said by {by}, <Time iso={at} />
              </span>
            </span>
            <Button variant="outline" size="sm" disabled={pending} onClick={() => setAsked(address)}>
              Forget this address<span className="sr-only">: {address}</span>
            </Button>
          </li>
        ))}
      </ul>
      <ReasonDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Forget ${asked ?? "this address"}?`}
        description={`Mail from it is not matched to ${name} any more and waits among the unmatched. Mail that is linked already stays theirs.`}
        label="Why is it not theirs?"
        missing="Say why this address is not theirs."
        cancel="Keep it"
        submit="Forget this address"
        destructive
        onSubmit={(reason) => asked && forget(asked, reason)}
      />
    </div>
  );
}
