import { useCallback, useState } from 'react';
import type { AnswerOf, Asked } from './api.ts';
import { type Reading, useDesk, useRead } from './desk-context.ts';
import type { OperationId } from './operations.ts';

export type Pages<O extends OperationId> = {
  readonly reading: Reading<AnswerOf<O>>;
  readonly next: (() => void) | undefined;
  /** Everything there is, page after page: for a file of the whole table. */
  readonly every: () => Promise<unknown[]>;
};

type AnyPage = { readonly items: readonly unknown[]; readonly next?: string };

/** Turning pages: an API’s cursor leads to the next one, and back again by what was read. */
export const usePages = <O extends OperationId>(operation: O, asked: Asked<O> | undefined): Pages<O> => {
  const question = JSON.stringify(asked ?? null);
  const [at, setAt] = useState<{ readonly question: string; readonly cursor: string }>();
  const cursor = at?.question === question ? at.cursor : undefined;
  const given = asked as unknown as { readonly query?: object } | undefined;
  const turned: unknown = given && { ...given, query: { ...given.query, cursor } };
  const reading = useRead(operation, turned as Asked<O> | undefined);
  const following = (reading.data as unknown as { readonly next?: string } | undefined)?.next;
  const turn = useCallback(() => following && setAt({ question, cursor: following }), [question, following]);
  const { call } = useDesk();
  const every = async (): Promise<unknown[]> => {
    const all: unknown[] = [];
    let from: string | undefined;
    do {
      const whole: unknown = given && { ...given, query: { ...given.query, cursor: from } };
      const { items, next } = (await call(operation, whole as Asked<O>)) as unknown as AnyPage;
      all.push(...items);
      from = next;
    } while (from !== undefined);
    return all;
  };
  return { reading, every, next: following === undefined ? undefined : turn };
};
