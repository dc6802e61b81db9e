/** A VT_DATE: wall clock fields without a zone. JScript's `new Date(value)` reads them as this PC's local time. */
export class FakeVarDate {
  constructor(private readonly wall: Date) {}

  /** Fields of an instant as they are in UTC, which is how PropertyAccessor hands a time out. */
  static ofUtc(ms: number): FakeVarDate {
    return new FakeVarDate(new Date(ms));
  }

  /** What `PropertyAccessor.UTCToLocalTime` makes of it: the local fields of the same instant. */
  toLocal(): FakeVarDate {
    const at = this.wall.getTime();
    const local = new Date(at);
    return new FakeVarDate(
      new Date(
        Date.UTC(
          local.getFullYear(),
          local.getMonth(),
          local.getDate(),
          local.getHours(),
          local.getMinutes(),
          local.getSeconds(),
        ),
      ),
    );
  }

  /** The instant JScript sees: a wall clock that a spring change leaves out is moved, as JavaScript does too. */
  valueOf(): number {
    const { wall } = this;
    return new Date(
      wall.getUTCFullYear(),
      wall.getUTCMonth(),
      wall.getUTCDate(),
      wall.getUTCHours(),
      wall.getUTCMinutes(),
      wall.getUTCSeconds(),
    ).getTime();
  }
}
