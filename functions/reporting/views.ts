import * as z from 'zod';
import { AreaCode } from '../../shared/area.ts';
import { Month } from '../../shared/month.ts';
import { units } from './indicator.ts';

/** What the API shows of figures. Values are whole: money in 分, everything else as it is counted. */

const Unit = z.enum(Object.keys(units) as [keyof typeof units, ...(keyof typeof units)[]]);

export const IndicatorView = z
  .object({
    id: z.string().meta({ examples: ['assistance.households-added'] }),
    name: z.string().meta({ examples: ['新增户数'] }),
    unit: Unit.meta({ description: 'In which values are; `fen` are shown in yuan.' }),
    unitName: z.string().meta({ examples: ['户'] }),
    kind: z.enum(['flow', 'stock']),
    definition: z.string(),
    from: z.array(z.string()).meta({ description: 'The types of the events it counts.' }),
  })
  .meta({ id: 'Indicator' });

export const FigureView = z
  .object({
    indicator: IndicatorView,
    period: z.string(),
    periodName: z.string().meta({ examples: ['2021年上半年'] }),
    areaCode: AreaCode,
    areaName: z.string(),
    value: z.int().optional().meta({ description: 'Absent when there is no data, which is not a zero.' }),
    facts: z.int().optional().meta({ description: 'How many facts it counts.' }),
  })
  .meta({ id: 'Figure' });

const amount = z.object({ value: z.int() });
export const FigureDetail = FigureView.extend({
  before: z.int().optional().meta({ description: 'Of the period of the same length just before.' }),
  byMonth: z.array(amount.extend({ month: Month })),
  byTown: z.array(amount.extend({ areaCode: AreaCode, areaName: z.string() })),
  byProgramme: z.array(amount.extend({ programme: z.string().optional(), programmeName: z.string() })),
}).meta({ id: 'FigureDetail' });

export const FactView = z
  .object({
    month: Month,
    areaCode: AreaCode,
    areaName: z.string(),
    programme: z.string().optional(),
    subject: z.string().meta({ description: 'A case, a document, a movement.' }),
    value: z.int(),
    eventId: z.string(),
    time: z.iso.datetime(),
  })
  .meta({ id: 'FigureFact' });

export const KeptEventView = z
  .object({
    eventId: z.string(),
    type: z.string(),
    subject: z.string(),
    time: z.iso.datetime(),
    areaCode: AreaCode,
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'KeptEvent' });
