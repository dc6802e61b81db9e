import { isBusy } from "./failure.mts";

var TRIES = 6;

/** Outlook answers "busy" while a dialog is open or it synchronises; that passes. The last try's error is thrown. */
export function whenFree<Result>(act: () => Result, mayRetry: () => boolean): Result {
  for (var i = 1; ; i++) {
    try {
      return act();
    } catch (error) {
      if (i >= TRIES || !isBusy(error) || !mayRetry()) throw error;
      WScript.Sleep(200 * i);
    }
  }
}
