import type * as z from 'zod';
import type { Fault, ProblemKind } from './problem.ts';
import type { Role } from './role.ts';

/**
 * One HTTP operation as a value. It types the handler, validates the request, writes the OpenAPI document and creates the
 * gateway route, so that the four cannot disagree. `operationId` in kebab case is the file of its Lambda.
 */
export type Route = {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put';
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** Who may call it; `public` is anybody, without a token. */
  readonly roles: readonly Role[] | 'public';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly responses: Readonly<Record<number, { readonly description: string; readonly schema: z.ZodType }>>;
  readonly problems: Readonly<Record<string, ProblemKind>>;
};

export const isPublic = ({ roles }: Pick<Route, 'roles'>): boolean => roles === 'public';

export const route = <const R extends Route>(definition: R): R => definition;

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
export type RequestOf<R extends Route> = {
  readonly params: Output<R['params']>;
  readonly query: Output<R['query']>;
  readonly body: Output<R['body']>;
};

export type Refused<Code extends string> = {
  readonly refused: Code;
  readonly detail?: string;
  readonly errors?: readonly z.infer<typeof Fault>[];
};
export type Reply<Status, Body> = { readonly status: Status; readonly body: Body };
export type AnswerOf<R extends Route> =
  | {
      [S in keyof R['responses']]: R['responses'][S] extends { readonly schema: infer B extends z.ZodType }
        ? Reply<S, z.input<B>>
        : never;
    }[keyof R['responses']]
  | Refused<keyof R['problems'] & string>;

/** Keeps the status a literal through an async return, so that an undeclared status does not compile. */
export const reply = <const S extends number, const B>(status: S, body: B): Reply<S, B> => ({ status, body });

/**
 * Refuses with one of the route's declared problems; `detail` is a Chinese sentence that is more precise than the general one,
 * `errors` lists every rule that is broken when there may be several.
 */
export const refuse = <const C extends string>(
  refused: C,
  detail?: string,
  errors?: readonly z.infer<typeof Fault>[],
): Refused<C> => ({
  refused,
  ...(detail === undefined ? {} : { detail }),
  ...(errors === undefined ? {} : { errors }),
});
