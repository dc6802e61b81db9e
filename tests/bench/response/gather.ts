/** One call for many that come within a moment: at once for the first, once more for those that follow. */
export function gather(call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const pass = () => {
    call();
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) pass();
    }, 200);
  };
  return () => {
    if (timer) again = true;
    else pass();
  };
}
