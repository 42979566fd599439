import type * as z from 'zod';
import { Problem } from '../shared/problem.ts';
import type { Route } from '../shared/route.ts';

/** The HTTP API as one officer uses it: a route value says what is sent, and what comes back is checked against it. */

type Params<R> = R extends { readonly params: infer S extends z.ZodType }
  ? { readonly params: z.input<S> }
  : unknown;
type Query<R> = R extends { readonly query: infer S extends z.ZodType }
  ? { readonly query: z.input<S> }
  : unknown;
type Body<R> = R extends { readonly body: infer S extends z.ZodType }
  ? { readonly body: z.input<S> }
  : unknown;
type RequestTo<R extends Route> = Params<R> & Query<R> & Body<R>;
type ResultOf<R extends Route> = {
  [S in keyof R['responses']]: R['responses'][S] extends { readonly schema: infer B extends z.ZodType }
    ? z.output<B>
    : never;
}[keyof R['responses']];

/**
 * Calls an operation as the officer of this desk. `key` makes a command safe to repeat; it must name what is done, so that a
 * rerun after a crash sends the same one. Refuses with `Refusal` when the API answers with a problem document.
 */
export type Desk = <const R extends Route>(
  route: R,
  request: RequestTo<R>,
  key?: string,
) => Promise<ResultOf<R>>;

/** The API said no; the message is its Chinese sentence with every fault of the request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;

  constructor({ code, detail, errors = [], instance, status }: Problem) {
    const faults = errors.map(({ path, message }) => `\n  ${path}:${message}`).join('');
    // Only a failure of the system needs its trace; a refusal says all there is to say.
    const trace = status >= 500 && instance ? `(查询编号 ${instance})` : '';
    super(`${detail}${trace}${faults}`);
    this.code = code;
  }
}

type LooseRequest = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

const urlOf = (base: string, route: Route, { params = {}, query = {} }: LooseRequest): URL => {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const url = new URL(base + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
};

const failureOf = (route: Route, status: number, content: unknown): Error => {
  const problem = Problem.safeParse(content);
  // What the gateway itself refuses (an expired token, a body too large) is no problem document.
  return problem.success
    ? new Refusal(problem.data)
    : new Error(`${route.operationId}: HTTP ${status} ${JSON.stringify(content)}`);
};

export const openDesk =
  (base: string, token: string): Desk =>
  async <const R extends Route>(route: R, request: RequestTo<R>, key?: string) => {
    const { body, ...rest }: LooseRequest = request as LooseRequest;
    const answer = await fetch(urlOf(base, route, rest), {
      method: route.method.toUpperCase(),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    const declared = route.responses[answer.status];
    if (!declared) throw failureOf(route, answer.status, content);
    return declared.schema.parse(content) as ResultOf<R>;
  };

type Page<T> = { readonly items: readonly T[]; readonly next?: string | undefined };

/** Every item of a listing, page after page; a page may be short and still have a next one. */
export const everyItem = async function* <T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
};
