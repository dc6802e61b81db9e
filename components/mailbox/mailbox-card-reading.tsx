import { Time } from "@/components/words/time";
import type { FolderHealth } from "@/lib/mailbox/list-folder-health";
import { sayFailures, sayFolder, sayLag } from "./say-folder-health";

/** How reading each folder goes: last run, lag, failures. */
export function MailboxReading({ folders }: { folders: readonly FolderHealth[] }) {
  if (folders.length === 0) return <span>not read yet</span>;
  return (
    <ul className="grid gap-1">
      {folders.map((health) => {
        const failures = sayFailures(health);
        return (
          <li key={health.folder}>
            {sayFolder(health.folder)}:{" "}
            {health.readAt ? (
              <>
                {sayLag(health.behindS)}, read <Time iso={health.readAt} />
              </>
            ) : (
              "not read yet"
            )}
            {failures && (
              <span className="text-danger">
                , {failures}
                {health.problemSince && (
                  <>
                    {" "}
                    since <Time iso={health.problemSince} />
                  </>
                )}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
