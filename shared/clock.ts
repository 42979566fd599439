/** The only place that reads the machine's clock; everything else takes the time as an argument. */

/** A moment as ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = string;
export type Clock = () => Instant;

export const systemClock: Clock = () => new Date().toISOString();

/** The bureau's day starts at midnight in Shanghai, eight hours before UTC all year: China has kept no summer time since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The bureau's calendar date (`yyyy-mm-dd`, Asia/Shanghai) at a moment. */
export const dateAt = (instant: Instant): string =>
  new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);

/** The calendar date `days` after a date; negative counts back. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The moment as whole seconds since 1970, the form DynamoDB's time to live wants. */
export const epochSeconds = (instant: Instant): number => Math.floor(Date.parse(instant) / 1000);
