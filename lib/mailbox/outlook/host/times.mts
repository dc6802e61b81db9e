function pad(value: number): string {
  return (value < 10 ? "0" : "") + value;
}

/** An instant as `2026-01-31T12:00:00Z`. */
export function toIso(ms: number): string {
  var at = new Date(ms);
  var day = `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
  return `${day}T${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}Z`;
}

/** Milliseconds of an ISO instant in UTC, whole seconds; null when it is none. */
export function fromIso(text: string): number | null {
  var m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(text);
  if (!m) return null;
  return Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]));
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

// Clocks jump by an hour; on Lord Howe Island by half of one.
var JUMPS_MIN = [-60, -30, 30, 60];

/** Whether another wall clock, one that a spring change left out, reads as the same instant. */
function isMoved(wall: Date): boolean {
  for (var i = 0; i < JUMPS_MIN.length; i++) {
    var minutes = wall.getMinutes() + Number(JUMPS_MIN[i]);
    var other = new Date(
      wall.getFullYear(),
      wall.getMonth(),
      wall.getDate(),
      wall.getHours(),
      minutes,
      wall.getSeconds(),
    );
    if (wholeSeconds(other.getTime()) === wholeSeconds(wall.getTime())) return true;
  }
  return false;
}

/**
 * PropertyAccessor hands a time out in UTC, and JScript reads it as this PC's wall clock: its fields are the UTC fields.
 * Only where such a wall clock does not exist (the hour a spring change leaves out) JScript moves it, and Outlook's own
 * conversion to local time has to help.
 */
export function utcMs(accessor: Outlook.PropertyAccessor, value: VarDate): number {
  var wall = new Date(value);
  if (isMoved(wall)) return wholeSeconds(new Date(accessor.UTCToLocalTime(value)).getTime());
  return Date.UTC(
    wall.getFullYear(),
    wall.getMonth(),
    wall.getDate(),
    wall.getHours(),
    wall.getMinutes(),
    wall.getSeconds(),
  );
}
