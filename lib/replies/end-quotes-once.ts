/** A reason with its quotes ended once: `It says "no."` instead of `It says "no.".` */
export function endQuotesOnce(reason: string): string {
  return reason.replace(/([.!?…])(["”'’])\.(?=\s|$)/g, "$1$2");
}
