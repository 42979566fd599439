import { useCallback, useState } from 'react';
import type { AnswerOf, Asked } from './api.ts';
import { type Reading, useRead } from './desk-context.ts';
import type { OperationId } from './operations.ts';

/** Turning pages: an API’s cursor leads to the next one, and back again by what was read. */
export const usePages = <O extends OperationId>(
  operation: O,
  asked: Asked<O> | undefined,
): { readonly reading: Reading<AnswerOf<O>>; readonly next: (() => void) | undefined } => {
  const question = JSON.stringify(asked ?? null);
  const [at, setAt] = useState<{ readonly question: string; readonly cursor: string }>();
  const cursor = at?.question === question ? at.cursor : undefined;
  const given = asked as unknown as { readonly query?: object } | undefined;
  const turned: unknown = given && { ...given, query: { ...given.query, cursor } };
  const reading = useRead(operation, turned as Asked<O> | undefined);
  const following = (reading.data as unknown as { readonly next?: string } | undefined)?.next;
  const turn = useCallback(() => following && setAt({ question, cursor: following }), [question, following]);
  return { reading, next: following === undefined ? undefined : turn };
};
