import { redirect } from "next/navigation";

/** The checkpoints stand on the first page of Settings. */
export default function CheckpointsPage() {
  redirect("/settings");
}
