import * as z from 'zod';
import { AreaCode, areaName } from '../../shared/area.ts';
import { addDays, type Instant } from '../../shared/clock.ts';
import { fenToYuan } from '../../shared/money.ts';
import { firstDayOf, nextMonth } from '../../shared/month.ts';
import { type ParameterKey, type ParameterSet, valueOn } from '../../shared/parameter.ts';
import type { Value } from '../../shared/rule-number.ts';
import type { Figure } from './figure.ts';
import type { Indicator } from './indicator.ts';
import { units } from './indicator.ts';
import type { Period } from './period.ts';
import { punctuated } from './punctuation.ts';
import { type Binding, businesses, namesIn, type Template } from './template.ts';

/** A report as a value: composed from a template and what is recorded, then rendered, frozen and never edited. */

const Piece = z.object({
  text: z.string(),
  binding: z.string().optional().meta({ description: 'Whose figure it is; absent for plain text.' }),
  missing: z.boolean().optional(),
});
const Block = z.object({
  kind: z.enum(['heading1', 'heading2', 'paragraph']),
  pieces: z.array(Piece),
});
export const ReportFigure = z.object({
  binding: z.string(),
  label: z.string(),
  text: z.string().optional().meta({ description: 'As the report shows it; absent when there is no data.' }),
  unit: z.string().optional(),
  source: z.string().meta({ description: 'What it is bound to, in words that can be checked.' }),
  indicator: z.string().optional(),
  programme: z.string().optional(),
  value: z.int().optional().meta({ description: 'Exact, in 分 or as counted.' }),
  why: z.string().optional().meta({ description: 'Why there is no figure.' }),
});
export type ReportFigure = z.output<typeof ReportFigure>;
export const Report = z
  .object({
    title: z.string(),
    period: z.string(),
    periodName: z.string(),
    areaCode: AreaCode,
    areaName: z.string(),
    asOf: z.iso.datetime(),
    blocks: z.array(Block),
    figures: z.array(ReportFigure).meta({ description: 'In the order of the text.' }),
    filled: z.int(),
    total: z.int(),
  })
  .meta({ id: 'ReportText' });
export type Report = z.output<typeof Report>;

export type IssuedDocument = {
  readonly documentId: string;
  readonly title: string;
  readonly number: string;
  readonly issuedOn: string;
};

/** What a report is composed from. `figureOf` answers what was read for a bound indicator. */
export type Sources = {
  readonly period: Period;
  readonly area: AreaCode;
  readonly asOf: Instant;
  readonly parameters: ParameterSet;
  readonly documents: readonly IssuedDocument[];
  readonly indicatorOf: (id: string) => Indicator | undefined;
  readonly figureOf: (bound: BoundFigure) => Figure;
  /** Where the officer says 近 or 余 before or after a figure, which is his choice alone (rulebook K). */
  readonly wording?: Readonly<Record<string, 'near' | 'over'>> | undefined;
};
export type BoundFigure = Extract<Binding, { kind: 'figure' }>;

/** What is said in the place of a figure that nobody recorded. */
const NO_DATA = '\uff08暂无数据\uff09';

const WAN = 1_000_000;
/** 分 as 万元, rounded half up to two decimals. */
export const wanText = (fen: number): string => {
  const hundredths = Math.round((Math.abs(fen) * 100) / WAN);
  return `${fen < 0 ? '-' : ''}${fenToYuan(hundredths)}`;
};

type Filled = Omit<ReportFigure, 'binding' | 'label'>;

const figureSaid = (binding: BoundFigure, sources: Sources): Filled => {
  const { indicator: id, programme, show } = binding;
  const indicator = sources.indicatorOf(id);
  const bound = { indicator: id, ...(programme === undefined ? {} : { programme }) };
  if (!indicator) return { ...bound, source: id, why: '没有这项指标。' };
  const source = `指标“${indicator.name}”:${indicator.definition}`;
  const figure = sources.figureOf(binding);
  if (figure.state === 'no-data') return { ...bound, source, why: '期内没有登记过相关业务。' };
  const { value } = figure;
  const said =
    show === 'wan'
      ? { text: wanText(value), unit: '万元' }
      : { text: String(value), unit: units[indicator.unit] };
  return { ...bound, source, value, ...said };
};

const dateText = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
const dayAfter = ({ to }: Period): string => firstDayOf(nextMonth(to));

const byStart = (a: Value, b: Value): number => ((a.from ?? '') < (b.from ?? '') ? -1 : 1);
/** The value that came into force in the period, or first after it, with the one it replaced. */
const changeOf = (
  parameters: ParameterSet,
  key: ParameterKey,
  period: Period,
  when: 'in-period' | 'after',
): { readonly before: Value; readonly after: Value & { readonly from: string } } | undefined => {
  const first = firstDayOf(period.from);
  const end = dayAfter(period);
  const starts = (value: Value): value is Value & { readonly from: string } =>
    value.from !== null && (when === 'after' ? value.from >= end : value.from >= first && value.from < end);
  const candidates = parameters[key].values.filter(starts).toSorted(byStart);
  const [earliest] = candidates;
  const after = when === 'after' ? earliest : candidates.at(-1);
  // Of several changes in a period, from what held before the first to what holds after the last.
  const before = earliest && valueOn(parameters, key, addDays(earliest.from, -1));
  return after && before && before.value !== after.value ? { before, after } : undefined;
};
const changeSaid = (
  binding: Extract<Binding, { kind: 'change' }>,
  { parameters, period }: Sources,
): Filled => {
  const { key, when, part } = binding;
  const source = `标准“${parameters[key].name}”的调整记录`;
  const change = changeOf(parameters, key, period, when);
  if (!change) return { source, why: when === 'after' ? '期后没有已登记的调整。' : '期内没有登记过调整。' };
  const { before, after } = change;
  const unit = part === 'date' ? undefined : '元/月';
  const text =
    part === 'date' ? dateText(after.from) : String(part === 'before' ? before.value : after.value);
  return { source: `${source}(${after.source})`, text, ...(unit === undefined ? {} : { unit }) };
};

const parameterSaid = (
  binding: Extract<Binding, { kind: 'parameter' }>,
  { parameters, period }: Sources,
): Filled => {
  const value = valueOn(parameters, binding.key, firstDayOf(period.to));
  const source = `标准“${parameters[binding.key].name}”`;
  if (!value) return { source, why: '期末没有有效的标准。' };
  const confirm = value.certainty === 'A' ? ',待确认' : '';
  return { source: `${source}(${value.source}${confirm})`, text: String(value.value) };
};

const documentSaid = (
  { title }: Extract<Binding, { kind: 'document' }>,
  { documents, period }: Sources,
): Filled => {
  const source = `文件《${title}》的印发记录`;
  const issued = documents.find(
    (document) => document.title === title && document.issuedOn < dayAfter(period),
  );
  return issued ? { source, text: `《${title}》（${issued.number}）` } : { source, why: '没有印发记录。' };
};

const said = (binding: Binding, sources: Sources): Filled => {
  switch (binding.kind) {
    case 'figure':
      return figureSaid(binding, sources);
    case 'parameter':
      return parameterSaid(binding, sources);
    case 'change':
      return changeSaid(binding, sources);
    case 'document':
      return documentSaid(binding, sources);
    case 'awaits':
      return {
        source: `${businesses[binding.business]}业务的记录`,
        why: `${businesses[binding.business]}业务尚未纳入本系统,没有可统计的记录。`,
      };
  }
};

/** 近 goes before a figure, 余 behind it. */
const worded = (text: string, wording: 'near' | 'over' | undefined): string =>
  wording === undefined ? text : wording === 'near' ? `近${text}` : `${text}余`;

/** Composes a report. What has no data says so; nothing is ever shown as a zero that was not counted. */
export const compose = (template: Template, sources: Sources): Report => {
  const { period, area, asOf, wording = {} } = sources;
  const circumstances: Readonly<Record<string, string>> = {
    area: areaName(area),
    period: period.name,
    year: `${period.from.slice(0, 4)}年`,
  };
  const figures = new Map<string, ReportFigure>();
  const pieceOf = (name: string): z.output<typeof Piece> => {
    const circumstance = circumstances[name];
    if (circumstance !== undefined) return { text: circumstance };
    const binding = template.bindings[name];
    if (!binding) throw new Error(`The template binds nothing to {${name}}.`);
    const filled = said(binding, sources);
    figures.set(name, { binding: name, label: binding.label, ...filled });
    return filled.text === undefined
      ? {
          text: binding.kind === 'document' ? `《${binding.title}》${NO_DATA}` : NO_DATA,
          binding: name,
          missing: true,
        }
      : { text: worded(filled.text, wording[name]), binding: name };
  };
  const piecesOf = (text: string) => {
    const names = namesIn(text);
    return text.split(/\{[a-z0-9-]+\}/).flatMap((plain, index) => {
      const name = names[index];
      return [
        ...(plain === '' ? [] : [{ text: punctuated(plain) }]),
        ...(name === undefined ? [] : [pieceOf(name)]),
      ];
    });
  };
  const blocks = template.blocks.map(([kind, text]) => ({ kind, pieces: piecesOf(text) }));
  const all = [...figures.values()];
  return {
    title: piecesOf(template.title)
      .map(({ text }) => text)
      .join(''),
    period: period.code,
    periodName: period.name,
    areaCode: area,
    areaName: areaName(area),
    asOf,
    blocks,
    figures: all,
    filled: all.filter(({ text }) => text !== undefined).length,
    total: all.length,
  };
};

/** The figures a template needs to be read before it can be composed. */
export const boundFigures = ({ bindings }: Template): BoundFigure[] =>
  Object.values(bindings).filter((binding): binding is BoundFigure => binding.kind === 'figure');
