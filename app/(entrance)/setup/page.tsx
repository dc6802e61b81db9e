import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { EntranceForm } from "@/components/shell/entrance-form";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { isSetupTokenGood } from "@/lib/server/create-operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { serviceDb } from "@/lib/server/service-client";
import { createFirstOperator } from "./actions";

const querySchema = z.object({ token: z.string().default("") });

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: { searchParams: PageQuery }) {
  const { token } = await readQuery(searchParams, querySchema);
  if (!(await isSetupTokenGood(serviceDb(), token)))
    return (
      <EmptyState
        title="This link does not work any more"
        action={
          <Button asChild>
            <Link href="/sign-in">Sign in</Link>
          </Button>
        }
      >
        A setup link works once and for a day. If nobody has an account yet, start the desk again: it prints a
        new one.
      </EmptyState>
    );
  return (
    <EntranceForm
      title="Create your account"
      description="You are the first operator of this desk, and its admin."
      act={createFirstOperator}
      hidden={{ token }}
      fields={[
        {
          name: "displayName",
          label: "Your name",
          type: "text",
          autoComplete: "name",
          hint: "Decisions are recorded under this name.",
        },
        { name: "email", label: "E-mail", type: "email", autoComplete: "username" },
        {
          name: "password",
          label: "Password",
          type: "password",
          autoComplete: "new-password",
          hint: "At least 10 characters.",
        },
      ]}
      submit="Create account and sign in"
    />
  );
}
