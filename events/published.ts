import type { EventValue } from '../shared/event.ts';
import * as assistance from './assistance.ts';
import * as disbursement from './disbursement.ts';
import * as institutions from './institutions.ts';
import * as outreach from './outreach.ts';
import * as policy from './policy.ts';
import * as relief from './relief.ts';
import * as reporting from './reporting.ts';

/** Every event by the context that publishes it and by its name in code. */
export const published: Readonly<Record<string, Readonly<Record<string, EventValue>>>> = {
  assistance,
  disbursement,
  policy,
  relief,
  outreach,
  institutions,
  reporting,
};
