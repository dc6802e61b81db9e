/** A dot before a mail this operator has not opened; said aloud as well. */
export function UnreadDot() {
  return (
    <span title="Unread" className="mr-1.5 inline-block size-2 shrink-0 rounded-full bg-primary align-middle">
      <span className="sr-only">Unread: </span>
    </span>
  );
}
