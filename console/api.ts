import type { Api } from './api-types.ts';
import { type OperationId, operations } from './operations.ts';
import { sentenceText } from './sentence.ts';
import type { Session } from './session.ts';

/** Calls of the API, typed by its own document. */

export type Asked<O extends OperationId> = Api['questions'][O];
export type AnswerOf<O extends OperationId> = Api['answers'][O];

type Fault = { readonly path?: string; readonly message: string };
/** What the API refused, in its own Chinese words. */
export class Refused extends Error {
  readonly code: string;
  readonly faults: readonly Fault[];

  constructor(code: string, sentence: string, faults: readonly Fault[] = []) {
    super(sentence);
    this.name = 'Refused';
    this.code = code;
    this.faults = faults;
  }
}

/** The token is no longer good. */
export const SIGNED_OUT = 'SIGNED_OUT';

export type Call = <O extends OperationId>(operation: O, asked: Asked<O>) => Promise<AnswerOf<O>>;

type Parts = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

const addressOf = (path: string, { params = {}, query = {} }: Parts): string => {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value));
  return search.size > 0 ? `${place}?${search}` : place;
};

const refusalOf = async (answer: Response): Promise<Refused> => {
  const problem = (await answer.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
  const sentence =
    typeof problem.detail === 'string'
      ? sentenceText(problem.detail)
      : `系统没有完成此项操作（${answer.status}）。`;
  return new Refused(String(problem.code ?? answer.status), sentence, (problem.errors ?? []) as Fault[]);
};

/**
 * A command carries a key of its own. Should the answer be lost on the way, the same command asked again carries the same
 * key, and gets the first answer: nothing is done twice.
 */
export const openApi = ({ token }: Pick<Session, 'token'>): Call => {
  const unanswered = new Map<string, string>();
  return async (operation, asked) => {
    const { method, path } = operations[operation];
    const parts: Parts = asked as unknown as Parts;
    const question = `${operation} ${JSON.stringify(asked)}`;
    const key = unanswered.get(question) ?? crypto.randomUUID();
    if (method !== 'get') unanswered.set(question, key);
    const answer = await fetch(addressOf(path, parts), {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'get' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
      },
      ...(method === 'get' ? {} : { body: JSON.stringify(parts.body ?? {}) }),
    }).catch(() => {
      throw new Refused('OFFLINE', '网络不通，请检查后重试。');
    });
    // A gateway that gave up does not know what became of the command.
    if (answer.status < 500) unanswered.delete(question);
    if (answer.status === 401) throw new Refused(SIGNED_OUT, '登录已过期，请重新登录。');
    if (!answer.ok) throw await refusalOf(answer);
    return await answer.json();
  };
};

/** Whether a role may call an operation at all; the API decides again. */
export const mayCall = ({ officer }: Pick<Session, 'officer'>, operation: OperationId): boolean => {
  const roles: readonly string[] = operations[operation].roles;
  return roles.length === 0 || roles.includes(officer.role);
};
