import Image from "next/image";
import type { ReactNode } from "react";

/** The pages before the console: one card in the middle. */
export default function EntranceLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-10">
      <div className="flex items-center gap-2 text-lg font-semibold">
        <Image src="/icon.svg" alt="" width={28} height={28} unoptimized /> Upstream
      </div>
      {children}
    </main>
  );
}
