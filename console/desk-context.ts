import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { type AnswerOf, type Asked, type Call, mayCall, Refused } from './api.ts';
import type { OperationId } from './operations.ts';
import type { Session } from './session.ts';

/** What every desk works with: who sits there, and the API. */
export type Desk = { readonly session: Session; readonly call: Call };

export const DeskContext = createContext<Desk | undefined>(undefined);

export const useDesk = (): Desk & { readonly may: (operation: OperationId) => boolean } => {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('A desk stands inside the page.');
  return { ...desk, may: (operation) => mayCall(desk.session, operation) };
};

export type Reading<T> = {
  readonly data: T | undefined;
  readonly error: Refused | undefined;
  readonly loading: boolean;
  readonly again: () => void;
};

const refusedBy = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused('FAILED', '页面出现错误，请刷新后重试。');

type State<T> = Omit<Reading<T>, 'again'> & { readonly question: string };

/**
 * Reads, and reads anew when what is asked changes: what answered another question never stands under this one. Read again,
 * what was read stays in sight meanwhile.
 */
export const useAnswer = <Q, T>(asked: Q | undefined, ask: (asked: Q) => Promise<T>): Reading<T> => {
  // As a text, two questions that ask the same are the same; `undefined` asks nothing.
  const question = JSON.stringify(asked) ?? '';
  const [state, setState] = useState<State<T>>();
  const newest = useRef(0);
  const read = useCallback(() => {
    if (question === '') return;
    newest.current += 1;
    const mine = newest.current;
    const keep = (answer: Omit<State<T>, 'question'>): void => {
      if (mine === newest.current) setState({ ...answer, question });
    };
    ask(JSON.parse(question) as Q)
      .then((data) => keep({ data, error: undefined, loading: false }))
      .catch((error: unknown) => keep({ data: undefined, error: refusedBy(error), loading: false }));
  }, [ask, question]);
  useEffect(read, [read]);
  const answered = state?.question === question ? state : undefined;
  return {
    data: answered?.data,
    error: answered?.error,
    loading: question !== '' && answered === undefined,
    again: read,
  };
};

export const useRead = <O extends OperationId>(
  operation: O,
  asked: Asked<O> | undefined,
): Reading<AnswerOf<O>> => {
  const { call } = useDesk();
  const ask = useCallback((question: Asked<O>) => call(operation, question), [call, operation]);
  return useAnswer(asked, ask);
};

export type Command = {
  readonly busy: boolean;
  readonly error: Refused | undefined;
  /** Runs the work and answers whether it was done. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
};

/** One command at a time: busy while it runs, and what was refused afterwards. */
export const useCommand = (): Command => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refused>();
  const run = useCallback(async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (failure) {
      setError(refusedBy(failure));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, run, clear: () => setError(undefined) };
};
