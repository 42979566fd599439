import * as z from 'zod';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf, reason } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { Certainty } from '../../shared/rule-number.ts';
import { ChangeState } from './change.ts';
import { only } from './problems.ts';
import { approvers, Day, everyone, makers, ofChange, ofParameter } from './request-parts.ts';
import { ChangeView, ParameterVersion, ParameterView, ProgrammeView } from './views.ts';

/** Rule numbers and the programmes that calculate with them. */

const decided = answer('The change as it is now.', ChangeView);

export const listParameters = route({
  operationId: 'listParameters',
  method: 'get',
  path: '/policy/parameters',
  summary: 'All rule numbers as they are on a date.',
  roles: everyone,
  query: z.object({
    date: Day.optional().meta({ description: 'Defaults to today.' }),
    prefix: z.string().max(80).optional().meta({ description: 'Of the key, e.g. `dibao.`.' }),
    certainty: Certainty.optional(),
    toConfirm: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .meta({ description: 'Only what is 待确认, or only what is not.', type: 'boolean' }),
  }),
  responses: { 200: answer('The numbers, by key.', z.object({ items: z.array(ParameterView) })) },
  problems: {},
});

export const readParameter = route({
  operationId: 'readParameter',
  method: 'get',
  path: '/policy/parameters/{key}',
  summary: 'One rule number: its value for a month or on a date, and its whole history.',
  roles: everyone,
  params: ofParameter,
  query: z.object({
    month: Month.optional().meta({ description: 'The value of a benefit month is that of its 1st day.' }),
    date: Day.optional().meta({ description: 'Defaults to today; `month` goes before it.' }),
  }),
  responses: {
    200: answer(
      'The number.',
      ParameterView.extend({
        history: z
          .array(ParameterVersion)
          .meta({ description: 'Every value ever set, in the order they were set.' }),
        changes: z.array(ChangeView).meta({ description: 'Pending, rejected and withdrawn changes.' }),
      }),
    ),
  },
  problems: only('PARAMETER_UNKNOWN'),
});

export const prepareChange = route({
  operationId: 'prepareChange',
  method: 'post',
  path: '/policy/parameters/{key}/changes',
  summary: 'Propose a value from a date on, by a document; without a value: confirm the one in force.',
  description:
    'Whatever the law does not allow is refused with every rule that is broken; what the approver should know comes back as notices. Values of higher levels are only recorded: their source must be cited.',
  roles: makers,
  params: ofParameter,
  body: z.object({
    value: z.number().optional().meta({ description: 'At most two decimals.' }),
    from: Day,
    to: Day.optional(),
    sourceDocument: z.string().trim().min(2).max(120),
    certainty: Certainty.default('S'),
    note: z.string().trim().max(500).optional(),
  }),
  responses: { 201: decided },
  problems: only(
    'PARAMETER_UNKNOWN',
    'OUTSIDE_AREA',
    'NOTHING_TO_CONFIRM',
    'GUARD_RAIL_BROKEN',
    'CHANGE_PENDING',
    'CHANGED_MEANWHILE',
  ),
});

export const listChanges = route({
  operationId: 'listChanges',
  method: 'get',
  path: '/policy/parameter-changes',
  summary:
    'Changes of rule numbers by their state, newest first; those that wait for approval unless asked otherwise.',
  roles: everyone,
  query: z.object({ ...page, state: ChangeState.default('pending') }),
  responses: { 200: answer('A page of changes.', pageOf(ChangeView)) },
  problems: {},
});

export const approveChange = route({
  operationId: 'approveChange',
  method: 'post',
  path: '/policy/parameters/{key}/changes/{changeId}/approvals',
  summary: 'A second officer agrees to a change; it holds from here on and is never edited.',
  roles: approvers,
  params: ofChange,
  responses: { 200: decided },
  problems: only(
    'CHANGE_NOT_FOUND',
    'OUTSIDE_AREA',
    'WRONG_STATE',
    'MAKER_IS_CHECKER',
    'GUARD_RAIL_BROKEN',
    'CHANGED_MEANWHILE',
  ),
});

export const rejectChange = route({
  operationId: 'rejectChange',
  method: 'post',
  path: '/policy/parameters/{key}/changes/{changeId}/rejections',
  summary: 'Turn a proposed value down.',
  roles: approvers,
  params: ofChange,
  body: z.object({ reason }),
  responses: { 200: decided },
  problems: only('CHANGE_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'MAKER_IS_CHECKER', 'CHANGED_MEANWHILE'),
});

export const withdrawChange = route({
  operationId: 'withdrawChange',
  method: 'post',
  path: '/policy/parameters/{key}/changes/{changeId}/withdrawals',
  summary: 'Take back a change one has proposed.',
  roles: makers,
  params: ofChange,
  responses: { 200: decided },
  problems: only('CHANGE_NOT_FOUND', 'OUTSIDE_AREA', 'WRONG_STATE', 'NOT_THE_MAKER', 'CHANGED_MEANWHILE'),
});

const onDate = z.object({ date: Day.optional().meta({ description: 'Defaults to today.' }) });

export const listProgrammes = route({
  operationId: 'listProgrammes',
  method: 'get',
  path: '/policy/programmes',
  summary: 'The programmes in force on a date, with the numbers they calculate with.',
  roles: everyone,
  query: onDate,
  responses: { 200: answer('The catalogue.', z.object({ items: z.array(ProgrammeView) })) },
  problems: {},
});

export const readProgramme = route({
  operationId: 'readProgramme',
  method: 'get',
  path: '/policy/programmes/{code}',
  summary: 'One programme with the numbers it calculates with on a date.',
  roles: everyone,
  params: z.object({ code: z.string().max(40) }),
  query: onDate,
  responses: { 200: answer('The programme.', ProgrammeView) },
  problems: only('PROGRAMME_NOT_FOUND'),
});
