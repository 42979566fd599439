import * as z from 'zod';
import { Month } from '../../shared/month.ts';
import { answer, page, pageOf } from '../../shared/request-parts.ts';
import { route } from '../../shared/route.ts';
import { only } from './problems.ts';
import { caseNo, creditCode, makers, ofHome, ofResident, readers } from './request-parts.ts';
import { AbsenceKind, DischargeReason } from './stay.ts';
import { BedDaysView, ResidentRecord, ResidentStatementView, ResidentView } from './views.ts';

/** Who lives in an institution, and what it keeps for each person. */

export const admitResident = route({
  operationId: 'admitResident',
  method: 'post',
  path: '/institutions/residents/{caseNo}/admissions',
  summary: 'A destitute person moves into an institution.',
  roles: makers,
  params: ofResident,
  body: z
    .object({ creditCode, name: z.string().trim().min(1).max(60), on: z.iso.date() })
    .meta({ examples: [{ creditCode: '1133070200259915X2', name: '张三', on: '2021-07-05' }] }),
  responses: { 201: answer('The record, without the person.', ResidentRecord) },
  problems: only(
    'HOME_NOT_FOUND',
    'OUTSIDE_AREA',
    'HOME_CLOSED',
    'NO_BED_FREE',
    'ADMITTED_ALREADY',
    'STAY_OVERLAPS',
    'DATE_REFUSED',
    'MONTH_SETTLED',
    'CHANGED_MEANWHILE',
  ),
});

export const recordAbsence = route({
  operationId: 'recordAbsence',
  method: 'post',
  path: '/institutions/residents/{caseNo}/absences',
  summary: 'A resident goes to hospital or on leave, or comes back.',
  description:
    'The return is recorded with the day on which the absence began. The day of the return counts as present.',
  roles: makers,
  params: ofResident,
  body: z.object({ kind: AbsenceKind, from: z.iso.date(), to: z.iso.date().optional() }),
  responses: { 200: answer('The record, without the person.', ResidentRecord) },
  problems: only(
    'RESIDENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'NOT_RESIDENT',
    'DATE_REFUSED',
    'ABSENCE_OVERLAPS',
    'MONTH_SETTLED',
    'CHANGED_MEANWHILE',
  ),
});

export const dischargeResident = route({
  operationId: 'dischargeResident',
  method: 'post',
  path: '/institutions/residents/{caseNo}/discharges',
  summary: 'A resident moves out or has died; the balance is refunded by a voucher of its own.',
  roles: makers,
  params: ofResident,
  body: z.object({ on: z.iso.date(), reason: DischargeReason }),
  responses: { 200: answer('The record, without the person.', ResidentRecord) },
  problems: only(
    'RESIDENT_NOT_FOUND',
    'OUTSIDE_AREA',
    'NOT_RESIDENT',
    'DATE_REFUSED',
    'MONTH_SETTLED',
    'CHANGED_MEANWHILE',
  ),
});

export const listResidents = route({
  operationId: 'listResidents',
  method: 'get',
  path: '/institutions/homes/{creditCode}/residents',
  summary: 'Who lives in an institution, and who has left it with money still kept for them.',
  roles: readers,
  params: ofHome,
  query: z.object({
    ...page,
    with: z.enum(['present', 'everybody']).default('present').meta({
      description: '`everybody` lists those who have left too.',
    }),
  }),
  responses: { 200: answer('A page of residents.', pageOf(ResidentView)) },
  problems: only('HOME_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const readResident = route({
  operationId: 'readResident',
  method: 'get',
  path: '/institutions/residents/{caseNo}',
  summary: 'One person: where and when, and the bed-days of a month.',
  roles: readers,
  params: ofResident,
  query: z.object({ month: Month.optional().meta({ description: 'Defaults to the present month.' }) }),
  responses: { 200: answer('The person.', ResidentView.extend({ bedDays: BedDaysView })) },
  problems: only('RESIDENT_NOT_FOUND', 'OUTSIDE_AREA'),
});

export const readResidentStatement = route({
  operationId: 'readResidentStatement',
  method: 'get',
  path: '/institutions/homes/{creditCode}/residents/{caseNo}/statement',
  summary: 'The statement of a person: balance, bed-days and every entry of up to twelve months.',
  roles: readers,
  params: z.object({ creditCode, caseNo }),
  query: z.object({ from: Month, to: Month }),
  responses: { 200: answer('The statement.', ResidentStatementView) },
  problems: {
    ...only('HOME_NOT_FOUND', 'RESIDENT_NOT_FOUND', 'OUTSIDE_AREA'),
    PERIOD_REFUSED: {
      status: 422,
      title: 'No period of one to twelve months.',
      detail: '查询期间应为1至12个月。',
    },
  },
});
