"use client";

import { useRouter } from "next/navigation";
import { useState, useSyncExternalStore } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/sonner";
import { DESKTOP_KINDS, type DesktopKind } from "@/lib/notices/desktop-kinds";
import { tell } from "./desktop-notices";
import { KIND_WORDS } from "./kind-words";

type Permission = NotificationPermission | "missing" | "unknown";

/** The browser tells nobody when its permission changes; it is read anew when a person comes back to the tab or was asked. */
function readPermission(): Permission {
  return "Notification" in window && window.isSecureContext ? Notification.permission : "missing";
}
function whenLookedAt(changed: () => void): () => void {
  window.addEventListener("focus", changed);
  return () => window.removeEventListener("focus", changed);
}

type DesktopSettingsProps = {
  chosen: readonly DesktopKind[];
  onSave: Action<{ kinds: DesktopKind[] }>;
};

/** What to be told about, and whether this browser may; the browser is asked only when the button is pressed. */
export function DesktopSettings({ chosen, onSave }: DesktopSettingsProps) {
  const router = useRouter();
  const { pending, act } = useAct();
  const [kinds, setKinds] = useState<readonly DesktopKind[]>(chosen);
  const stored = useSyncExternalStore(whenLookedAt, readPermission, (): Permission => "unknown");
  const [answered, setAnswered] = useState<Permission | null>(null);
  const permission = answered ?? stored;
  const isSame = kinds.length === chosen.length && kinds.every((kind) => chosen.includes(kind));

  const save = () =>
    act(
      "Nothing was changed.",
      () => onSave({ kinds: [...kinds] }),
      () =>
        toast.success(
          kinds.length === 0
            ? "You are told nothing on the desktop."
            : "Saved for you, on every computer you sign in on.",
        ),
    );
  const allow = async () => setAnswered(await Notification.requestPermission());
  const test = () => {
    const item = {
      id: "test",
      title: "Upstream can reach you here",
      body: "A click opens the queue.",
      href: "/",
      at: null,
    };
    if (!tell(item, (href) => router.push(href)))
      toast.error("This browser shows no notifications from a page.", {
        description: "Phones and tablets do not; use a browser on a computer.",
      });
  };

  return (
    <div className="grid gap-6">
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-semibold">Tell me when</legend>
        {DESKTOP_KINDS.map((kind) => (
          <Label key={kind} className="flex min-h-9 items-center gap-2 font-normal touch:min-h-11">
            <Checkbox
              checked={kinds.includes(kind)}
              onCheckedChange={(on) =>
                setKinds(on === true ? [...kinds, kind] : kinds.filter((one) => one !== kind))
              }
            />
            {KIND_WORDS[kind]}
          </Label>
        ))}
        <div className="mt-2">
          <Button onClick={save} disabled={pending || isSame}>
            {pending ? "Saving…" : "Save what I am told"}
          </Button>
        </div>
      </fieldset>
      <PermissionState permission={permission} wanted={chosen.length > 0} onAllow={allow} onTest={test} />
    </div>
  );
}

type PermissionStateProps = {
  permission: Permission;
  wanted: boolean;
  onAllow: () => Promise<void>;
  onTest: () => void;
};

function PermissionState({ permission, wanted, onAllow, onTest }: PermissionStateProps) {
  if (permission === "unknown") return null;
  if (permission === "missing")
    return (
      <Alert variant="attention">
        <AlertTitle>This browser cannot show them here</AlertTitle>
        <AlertDescription>
          It has no notifications, or the console was opened over plain http from another computer. Open it
          with https, or on the PC it runs on.
        </AlertDescription>
      </Alert>
    );
  if (permission === "denied")
    return (
      <Alert variant="attention">
        <AlertTitle>This browser was told not to show them</AlertTitle>
        <AlertDescription>
          A page cannot ask again. Click the sign left of the address, allow notifications for this site, and
          come back.
        </AlertDescription>
      </Alert>
    );
  if (permission === "default")
    return (
      <Alert variant={wanted ? "attention" : "default"}>
        <AlertTitle>This browser has not been asked yet</AlertTitle>
        <AlertDescription>
          <p>Your choice above holds on every computer; each browser must allow it once.</p>
          <Button variant="outline" size="sm" onClick={() => void onAllow()}>
            Allow on this computer
          </Button>
        </AlertDescription>
      </Alert>
    );
  return (
    <Alert variant="positive">
      <AlertTitle>This browser may show them</AlertTitle>
      <AlertDescription>
        <Button variant="outline" size="sm" onClick={onTest}>
          Show me one
        </Button>
      </AlertDescription>
    </Alert>
  );
}
