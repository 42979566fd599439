import { useState } from 'react';
import type { AnswerOf, Asked } from './api.ts';
import { type Reading, useDesk, useRead } from './desk-context.ts';
import type { OperationId } from './operations.ts';

export type Pages<O extends OperationId> = {
  readonly reading: Reading<AnswerOf<O>>;
  readonly next: (() => void) | undefined;
  readonly back: (() => void) | undefined;
  /** Everything there is, page after page: for a file of the whole table. */
  readonly every: () => Promise<unknown[]>;
};

type AnyPage = { readonly items: readonly unknown[]; readonly next?: string };

/** Turning pages: a cursor of the API leads to the next one; those that led here lead back. Another question begins anew. */
export const usePages = <O extends OperationId>(operation: O, asked: Asked<O> | undefined): Pages<O> => {
  const { call } = useDesk();
  const question = JSON.stringify(asked) ?? '';
  const [at, setAt] = useState<{ readonly question: string; readonly cursors: readonly string[] }>();
  const cursors = at?.question === question ? at.cursors : [];
  const given = asked as unknown as { readonly query?: object } | undefined;
  const from = (cursor: string | undefined): Asked<O> =>
    ({ ...given, query: { ...given?.query, cursor } }) as unknown as Asked<O>;
  const reading = useRead(operation, given && from(cursors.at(-1)));
  const following = (reading.data as unknown as AnyPage | undefined)?.next;
  const every = async (): Promise<unknown[]> => {
    const all: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = (await call(operation, from(cursor))) as unknown as AnyPage;
      all.push(...items);
      cursor = next;
    } while (cursor !== undefined);
    return all;
  };
  const turn = (to: readonly string[]) => () => setAt({ question, cursors: to });
  return {
    reading,
    every,
    next: following === undefined ? undefined : turn([...cursors, following]),
    back: cursors.length === 0 ? undefined : turn(cursors.slice(0, -1)),
  };
};
