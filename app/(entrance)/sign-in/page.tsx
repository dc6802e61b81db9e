import type { Metadata } from "next";
import { EntranceForm } from "@/components/shell/entrance-form";
import { signIn } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string; problem?: string }>;
}) {
  const { next, problem } = await searchParams;
  return (
    <EntranceForm
      title="Sign in"
      description="The approval console of your desk."
      act={signIn}
      hidden={{ next: next ?? "/" }}
      problem={problem === "not-an-operator" ? "This account is not an operator of this desk." : undefined}
      fields={[
        { name: "email", label: "E-mail", type: "email", autoComplete: "username" },
        { name: "password", label: "Password", type: "password", autoComplete: "current-password" },
      ]}
      submit="Sign in"
    />
  );
}
