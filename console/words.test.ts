import { expect, test } from 'vitest';
import * as events from '../events/disbursement.ts';
import { eventTitles } from './words.ts';

test('whatever can happen to a run has a title in Chinese, and nothing else has one', () => {
  const ofRuns = Object.values(events).filter(({ data }) => 'runId' in data.shape);

  expect(Object.keys(eventTitles).toSorted()).toEqual(ofRuns.map(({ type }) => type).toSorted());
});
