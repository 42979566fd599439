import { useCallback, useState } from 'react';
import type { AnswerOf, Asked, Call } from './api.ts';
import { type Reading, useAnswer, useDesk } from './desk-context.ts';
import type { OperationId } from './operations.ts';

export type Pages<O extends OperationId> = {
  readonly reading: Reading<AnswerOf<O>>;
  readonly next: (() => void) | undefined;
  readonly back: (() => void) | undefined;
  /** Everything there is, page after page: for a file of the whole table. */
  readonly every: () => Promise<unknown[]>;
};

type AnyPage = { readonly items: readonly unknown[]; readonly next?: string };
type AnyQuestion = { readonly query?: { readonly limit?: number } };

const PAGE = 50;
/** Of a long list few items may be what was asked for: so many pages of the API are looked through for one of the screen. */
const MOST_LOOKS = 10;

const from = <O extends OperationId>(asked: Asked<O>, cursor: string | undefined): Asked<O> =>
  ({ ...asked, query: { ...(asked as unknown as AnyQuestion).query, cursor } }) as unknown as Asked<O>;

/** A page of the API that came back short is filled by the ones behind it. */
const filledPage = async <O extends OperationId>(
  call: Call,
  operation: O,
  asked: Asked<O>,
): Promise<AnswerOf<O>> => {
  const { limit = PAGE } = (asked as unknown as AnyQuestion).query ?? {};
  let page = (await call(operation, asked)) as unknown as AnyPage;
  const items = [...page.items];
  for (let look = 1; look < MOST_LOOKS && items.length < limit && page.next !== undefined; look++) {
    page = (await call(operation, from(asked, page.next))) as unknown as AnyPage;
    items.push(...page.items);
  }
  return { ...page, items } as unknown as AnswerOf<O>;
};

type ItemOf<O extends OperationId> =
  AnswerOf<O> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** Everything there is, page after page. */
export async function* everyItem<O extends OperationId>(
  call: Call,
  operation: O,
  asked: Asked<O>,
): AsyncGenerator<ItemOf<O>> {
  let cursor: string | undefined;
  do {
    const { items, next } = (await call(operation, from(asked, cursor))) as unknown as AnyPage;
    yield* items as readonly ItemOf<O>[];
    cursor = next;
  } while (cursor !== undefined);
}

/** Turning pages: a cursor of the API leads to the next one; those that led here lead back. Another question begins anew. */
export const usePages = <O extends OperationId>(operation: O, asked: Asked<O> | undefined): Pages<O> => {
  const { call } = useDesk();
  const question = JSON.stringify(asked) ?? '';
  const [at, setAt] = useState<{ readonly question: string; readonly cursors: readonly string[] }>();
  const cursors = at?.question === question ? at.cursors : [];
  const ask = useCallback((page: Asked<O>) => filledPage(call, operation, page), [call, operation]);
  const reading = useAnswer(asked && from(asked, cursors.at(-1)), ask);
  const following = (reading.data as unknown as AnyPage | undefined)?.next;
  const every = async (): Promise<unknown[]> => {
    const all: unknown[] = [];
    for await (const item of everyItem(call, operation, asked as Asked<O>)) all.push(item);
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
