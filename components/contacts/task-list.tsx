import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export type TaskView = { id: string; title: string; dueAt: string; status: string };

/** What is to be done about a contact, and by when. */
export function TaskList({ tasks }: { tasks: readonly TaskView[] }) {
  return (
    <ul className="divide-y">
      {tasks.map((task) => (
        <li key={task.id} className="grid gap-1 px-4 py-2">
          <span className="break-words">{task.title}</span>
          <span className="flex flex-wrap items-center gap-x-3 text-xs text-muted-foreground">
            <StatusBadge of="task" status={task.status} />
            <span>
              due <Time iso={task.dueAt} show="both" />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
