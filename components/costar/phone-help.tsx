/** What to do when the phone was tapped and the page does not move. */
export function PhoneHelp() {
  return (
    <details className="rounded-md border">
      <summary className="flex min-h-9 items-center px-3 -outline-offset-2 touch:min-h-11">
        I approved it but nothing happened
      </summary>
      <ol className="grid list-decimal gap-1.5 border-t py-3 pr-3 pl-8 text-muted-foreground">
        <li>Wait ten seconds: the tap reaches CoStar first, and this page after it.</li>
        <li>
          Look at the phone again. Each try asks anew, and only the newest request counts; an older one that
          was approved does nothing.
        </li>
        <li>
          When the seconds are over the extraction stops. Press “Try again” and approve the new request.
        </li>
        <li>
          Still nothing? Sign in to CoStar in your own browser once. If it asks for more than the phone there
          (new terms, another code, a locked account), settle that first, then try again.
        </li>
      </ol>
    </details>
  );
}
