import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as events from '../events/disbursement.ts';
import { eventTitles } from './words.ts';

test('whatever can happen to a run has a title in Chinese, and nothing else has one', () => {
  const ofRuns = Object.values(events).filter(({ data }) => 'runId' in data.shape);

  expect(Object.keys(eventTitles).toSorted()).toEqual(ofRuns.map(({ type }) => type).toSorted());
});

test('what officers read has the punctuation of Chinese', () => {
  const halfWidth = /\p{Script=Han}[,;:?(]|[,;:?)]\p{Script=Han}/u;
  const isComment = (line: string): boolean => /^\s*(\/\/|\/?\*)/.test(line);
  const files = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname });
  const found = files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const lines = readFileSync(`${import.meta.dirname}/${file}`, 'utf8').split('\n');
      return lines
        .filter((line) => halfWidth.test(line) && !isComment(line))
        .map((line) => `${file} ${line}`);
    });

  expect(found).toEqual([]);
});
