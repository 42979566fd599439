import type { EventValue } from '../shared/event.ts';
import * as disbursement from './disbursement.ts';

/** Every event by the context that publishes it and by its name in code. */
export const published: Readonly<Record<string, Readonly<Record<string, EventValue>>>> = {
  disbursement,
};
