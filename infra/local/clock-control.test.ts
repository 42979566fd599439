import { expect, test } from 'vitest';
import { drivenClock } from './clock.ts';
import { clockControl } from './clock-control.ts';

const START = Date.parse('2021-05-06T01:00:00.000Z');

/** A clock with its control, and what was noticed of it in order: when the cloud was waited for, and a timer of the third day. */
const controlled = () => {
  const clock = drivenClock(START);
  const noticed: string[] = [];
  const note = (what: string) => noticed.push(`${what} ${new Date(clock.now()).toISOString().slice(0, 10)}`);
  clock.after(2 * 24 * 60 * 60 * 1000, () => note('timer'));
  return { control: clockControl(clock, async () => void note('quiet')), noticed };
};

test('the clock tells its time', async () => {
  const { control } = controlled();

  expect(await control('GET', '')).toEqual({ status: 200, body: { now: '2021-05-06T01:00:00.000Z' } });
});

test('it moves day by day, beginning when nothing runs and waiting after each day for what the day set off', async () => {
  const { control, noticed } = controlled();

  expect(await control('POST', '{"days": 3}')).toMatchObject({ body: { now: '2021-05-09T01:00:00.000Z' } });
  expect(noticed).toEqual([
    'quiet 2021-05-06',
    'quiet 2021-05-07',
    'timer 2021-05-08',
    'quiet 2021-05-08',
    'quiet 2021-05-09',
  ]);
});

test('it moves to a moment in any offset', async () => {
  const { control } = controlled();

  expect(await control('POST', '{"to": "2021-06-01T09:00:00+08:00"}')).toMatchObject({
    body: { now: '2021-06-01T01:00:00.000Z' },
  });
});

test.each([
  ['{', 'Not valid JSON.'],
  ['{}', 'Give either days or to.'],
  ['{"days": 1, "to": "2021-06-01T09:00:00+08:00"}', 'Give either days or to.'],
  ['{"to": "2021-05-01T09:00:00+08:00"}', 'The clock goes forward only.'],
])('%s is refused, and the time stays', async (body, message) => {
  const { control, noticed } = controlled();

  expect(await control('POST', body)).toEqual({ status: 400, body: { message } });
  expect(noticed).toEqual([]);
});

test('another method is refused', async () => {
  expect(await controlled().control('PUT', '{}')).toMatchObject({ status: 405 });
});
