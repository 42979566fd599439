import { expect, test } from 'vitest';
import { commitGroup } from './commit-group.ts';
import { openDatabase } from './database.ts';

const open = () => {
  const database = openDatabase(':memory:', 'test');
  database.exec('CREATE TABLE note (text TEXT)');
  const write = (text: string) => () => {
    database.prepare('INSERT INTO note VALUES (?)').run(text);
    return { text };
  };
  const notes = () =>
    database
      .prepare('SELECT text FROM note')
      .all()
      .map(({ text }) => text);
  return { join: commitGroup(database), write, notes, database };
};

test('writes of one turn are answered with their own results after a common commit', async () => {
  const { join, write, notes, database } = open();
  const answers = Promise.all([join(write('a')), join(write('b'))]);
  expect(notes()).toEqual([]);
  expect(await answers).toEqual([{ text: 'a' }, { text: 'b' }]);
  expect(notes()).toEqual(['a', 'b']);
  expect(database.isTransaction).toBe(false);
});

test('a member that throws loses its own writes and nobody else’s', async () => {
  const { join, write, notes } = open();
  const failing = join(() => {
    write('half')();
    throw new Error('refused');
  });
  const answers = await Promise.allSettled([join(write('a')), failing, join(write('b'))]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(notes()).toEqual(['a', 'b']);
});
