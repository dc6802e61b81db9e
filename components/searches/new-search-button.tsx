"use client";

import { PlusIcon } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

/** Leads to a new search, as does `n`. */
export function NewSearchButton() {
  const router = useRouter();
  useShortcuts({ n: { label: "New search", run: () => router.push("/searches/new") } });
  return (
    <Button asChild>
      <Link href="/searches/new">
        <PlusIcon /> New search <Kbd aria-hidden="true">n</Kbd>
      </Link>
    </Button>
  );
}
