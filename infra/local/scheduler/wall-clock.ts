/** Local time as if it were UTC, in milliseconds: `2026-11-01T01:00` in any time zone is the same number. */
type WallTime = number;

export type WallClock = {
  readonly at: (instant: number) => WallTime;
  /** The first instant that shows this local time; undefined for one that the change to summer time leaves out. */
  readonly instantOf: (wall: WallTime) => number | undefined;
};

const DAY_MS = 86_400_000;

const readOffset = (text: string): number => {
  const parts = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (!parts) throw new Error(`Unreadable time zone offset: ${text}`);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = parts;
  const magnitude = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -magnitude : magnitude;
};

/** The local time of a time zone of the IANA database; throws a `RangeError` for any other name. */
export const wallClock = (timeZone: string): WallClock => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offset = (instant: number) => readOffset(format.format(instant));
  return {
    at: (instant) => instant + offset(instant),
    instantOf: (wall) => {
      // The clock changes at most once in two days, so the offsets a day before and after are the only ones to try.
      const candidates = [offset(wall - DAY_MS), offset(wall + DAY_MS)].map((each) => wall - each);
      return candidates.sort((a, b) => a - b).find((instant) => instant + offset(instant) === wall);
    },
  };
};
