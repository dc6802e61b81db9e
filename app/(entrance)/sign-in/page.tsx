import type { Metadata } from "next";
import { z } from "zod";
import { EntranceForm } from "@/components/shell/entrance-form";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { signIn } from "./actions";

const querySchema = z.object({ next: z.string().default("/"), problem: z.string().optional() });

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: PageQuery }) {
  const { next, problem } = await readQuery(searchParams, querySchema);
  return (
    <EntranceForm
      title="Sign in"
      description="The approval console of your desk."
      act={signIn}
      hidden={{ next }}
      problem={problem === "not-an-operator" ? "This account is not an operator of this desk." : undefined}
      fields={[
        { name: "email", label: "E-mail", type: "email", autoComplete: "username" },
        { name: "password", label: "Password", type: "password", autoComplete: "current-password" },
      ]}
      submit="Sign in"
    />
  );
}
