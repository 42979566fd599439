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
  error instanceof Refused ? error : new Refused('FAILED', '页面出现错误,请刷新后重试。');

/** Reads an operation and reads it again when what is asked changes; read again, what was read stays in sight meanwhile. */
export const useRead = <O extends OperationId>(
  operation: O,
  asked: Asked<O> | undefined,
): Reading<AnswerOf<O>> => {
  const { call } = useDesk();
  const [state, setState] = useState<Omit<Reading<AnswerOf<O>>, 'again'>>({
    data: undefined,
    error: undefined,
    loading: asked !== undefined,
  });
  const [round, setRound] = useState(0);
  const answered = useRef<string>(undefined);
  const question = JSON.stringify(asked ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` is what is asked, as a value; `round` asks again.
  useEffect(() => {
    if (asked === undefined) return;
    let wanted = true;
    // What answered another question must not stand under this one.
    const isSame = answered.current === question;
    answered.current = question;
    setState(({ data }) => ({ data: isSame ? data : undefined, error: undefined, loading: true }));
    call(operation, asked)
      .then((data) => wanted && setState({ data, error: undefined, loading: false }))
      .catch(
        (error: unknown) => wanted && setState({ data: undefined, error: refusedBy(error), loading: false }),
      );
    return () => {
      wanted = false;
    };
  }, [operation, question, round, call]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, again };
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
