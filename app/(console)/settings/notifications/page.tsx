import type { Metadata } from "next";
import { DesktopSettings } from "@/components/notices/desktop-settings";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { loadDesktopChoice } from "@/lib/notices/desktop-choice";
import { requireOperator } from "@/lib/server/operator";
import { chooseDesktop } from "./actions";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage() {
  const { db } = await requireOperator();
  const chosen = await loadDesktopChoice(db);
  return (
    <>
      <PageHeader
        title="Notifications"
        description="On the desktop, while you work in another window. One click opens what it is about. Off until you turn it on; it is your own choice and nobody else’s."
      />
      <Section title="On the desktop" frame="card">
        <DesktopSettings key={chosen.join()} chosen={chosen} onSave={chooseDesktop} />
      </Section>
      <Section title="What they cannot do" frame="card">
        <ul className="grid list-disc gap-1 pl-5">
          <li>They come only while a tab of this console is open in that browser, and you are signed in.</li>
          <li>
            In a tab that has been in the background for some minutes, one can come up to a minute late.
          </li>
          <li>Phones and tablets show none; there, the count stands in the tab’s title and on its icon.</li>
          <li>
            “Do not disturb” of the computer, or of the browser, keeps them silent. Nothing here can tell.
          </li>
          <li>What came while no tab was open is not told afterwards: it waits in the queue.</li>
        </ul>
      </Section>
    </>
  );
}
