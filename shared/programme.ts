import * as z from 'zod';

/**
 * The programmes whose payments run through the bureau; names as rosters write them, purpose codes as bank files do. The
 * schedule opens those that are `monthly`; the others are paid in the months somebody opens a run for them.
 */
export const programmes = [
  {
    code: 'dibao',
    name: '低保',
    names: ['最低生活保障', '最低生活保障金'],
    purposeCode: 'DIBAO',
    group: 'basic-living',
    monthly: true,
  },
  {
    code: 'destitute',
    name: '特困',
    names: ['特困供养', '特困人员', '特困人员救助供养'],
    purposeCode: 'TEKUN',
    group: 'basic-living',
    monthly: true,
  },
  {
    code: 'child',
    name: '孤困儿童',
    names: ['孤儿', '困境儿童', '孤儿和困境儿童'],
    purposeCode: 'GUKUN',
    group: 'basic-living',
    monthly: true,
  },
  {
    code: 'child-director',
    name: '儿童主任',
    names: ['儿童主任补贴'],
    purposeCode: 'ETZR',
    group: undefined,
    monthly: true,
  },
  {
    code: 'relief',
    name: '临时救助',
    names: ['临时救助金'],
    purposeCode: 'LINSHI',
    group: undefined,
    monthly: false,
  },
  {
    code: 'festival',
    name: '节日补助',
    names: ['节日临时生活补助', '春节慰问金'],
    purposeCode: 'JIERI',
    group: undefined,
    monthly: false,
  },
  {
    code: 'price',
    name: '价格补贴',
    names: ['价格临时补贴'],
    purposeCode: 'JIAGE',
    group: undefined,
    monthly: false,
  },
] as const;
export type Programme = (typeof programmes)[number];

export const ProgrammeCode = z.enum(programmes.map(({ code }) => code)).meta({ id: 'ProgrammeCode' });
export type ProgrammeCode = z.output<typeof ProgrammeCode>;

const byCode = new Map<ProgrammeCode, Programme>(programmes.map((programme) => [programme.code, programme]));

export const programmeOfCode = (code: ProgrammeCode): Programme => {
  const programme = byCode.get(code);
  if (!programme) throw new Error(`No programme ${code}.`);
  return programme;
};

/** What the register holds and no run pays: to be in one of these opens the way to other help (rulebook A08, A.9). */
const unpaidNames: Readonly<Record<string, string>> = {
  edge: '低保边缘',
  'rigid-expense': '刚性支出困难',
  'low-income': '低收入',
};

/** How officers call a programme, paid or not; a code nobody knows is shown as it is. */
export const programmeName = (code: string): string =>
  programmes.find((programme) => programme.code === code)?.name ?? unpaidNames[code] ?? code;

/** The programme a roster names, undefined for an unknown name. */
export const programmeNamed = (name: string): Programme | undefined =>
  programmes.find(
    (programme) => programme.name === name || (programme.names as readonly string[]).includes(name),
  );

/** Programmes of one group exclude each other: one person, one of them at a time (rulebook B14). */
export const exclusiveGroupOf = (code: ProgrammeCode): Programme['group'] => programmeOfCode(code).group;
