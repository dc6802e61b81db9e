// A console process of its own: connects to CoStar, says how that went, and ends as it was told to: `killed` in the middle of everything,
// or `closed` as a person does.
import { connectCoStar, disconnectCoStar } from "@/lib/costar/browser-session";

const answer = await connectCoStar(async () => true).then(
  () => "connected",
  (error: Error) => error.message,
);
if (process.argv[2] === "closed") await disconnectCoStar();
console.log(JSON.stringify({ answer }));
process.exit(0);
