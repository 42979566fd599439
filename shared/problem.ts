import * as z from 'zod';

/** One kind of refusal an API may answer with: a stable code for programs, English for developers, Chinese for officers. */
export type ProblemKind = { readonly status: number; readonly title: string; readonly detail: string };

/** The refusals every operation shares. Contexts add their own beside their routes. */
export const commonProblems = {
  INVALID_REQUEST: {
    status: 400,
    title: 'The request does not fit the operation.',
    detail: '请求内容不符合要求。',
  },
  NOT_SIGNED_IN: { status: 401, title: 'No valid token.', detail: '未登录或登录已失效。' },
  ROLE_NOT_ALLOWED: { status: 403, title: 'This role may not do this.', detail: '当前岗位无权进行此操作。' },
  OUTSIDE_AREA: { status: 403, title: 'Outside the area of the token.', detail: '超出本人管辖区域。' },
  KEY_REUSED: {
    status: 422,
    title: 'The Idempotency-Key was used for a different request.',
    detail: '同一幂等键已用于内容不同的请求。',
  },
  CHANGED_MEANWHILE: {
    status: 409,
    title: 'Somebody changed this at the same moment; read it again.',
    detail: '数据刚被他人修改,请刷新后重试。',
  },
  WRONG_STATE: {
    status: 409,
    title: 'Not possible in the present state.',
    detail: '当前状态不能进行此操作。',
  },
  UPLOAD_NOT_FOUND: { status: 404, title: 'No such upload.', detail: '没有这个上传文件,或上传尚未完成。' },
  UNEXPECTED: { status: 500, title: 'Something went wrong on our side.', detail: '系统出错,请稍后重试。' },
} as const satisfies Record<string, ProblemKind>;

export const Fault = z
  .object({
    path: z.string().meta({ description: 'Where in the request, e.g. `body.amountFen` or `query.month`.' }),
    message: z.string(),
  })
  .meta({ id: 'Fault' });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().meta({ description: 'For the officer, in Chinese.' }),
    instance: z
      .string()
      .optional()
      .meta({ description: 'The correlation id to quote when asking for help.' }),
    errors: z
      .array(Fault)
      .optional()
      .meta({ description: 'Every fault of the request, each with its path.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document.' });
export type Problem = z.infer<typeof Problem>;

/** Fills a problem document from its kind; `detail` replaces the general Chinese sentence by a precise one. */
export const problemOf = (
  code: string,
  kind: ProblemKind,
  more: Partial<Pick<Problem, 'detail' | 'instance' | 'errors'>> = {},
): Problem => ({
  type: `urn:huimin:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: kind.title,
  status: kind.status,
  code,
  detail: kind.detail,
  ...more,
});

/** Lists every fault zod found, each path prefixed with the part of the request it stands in. */
export const faultsOf = (error: z.ZodError, part: string): z.infer<typeof Fault>[] =>
  error.issues.map((issue) => ({
    path: [part, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));

/** Picks named refusals of a context for a route's `problems`. */
export const problemPicker =
  <const P extends Readonly<Record<string, ProblemKind>>>(problems: P) =>
  <const C extends keyof P>(...codes: readonly C[]): Pick<P, C> =>
    Object.fromEntries(codes.map((code) => [code, problems[code]])) as Pick<P, C>;
