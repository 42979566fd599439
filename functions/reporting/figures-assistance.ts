import type * as z from 'zod';
import {
  ApplicationDecided,
  ApplicationStepTaken,
  CaseReviewed,
  DeterminationsMade,
  ObjectionRaised,
} from '../../events/assistance.ts';
import type { AreaCode } from '../../shared/area.ts';
import type { Instant } from '../../shared/clock.ts';
import { Month } from '../../shared/month.ts';
import { monthOfEvent } from './entry.ts';
import { type Fact, from, type Indicator, type Source } from './indicator.ts';

/** What social assistance decides: who is on the register, who came and who left, with how much. */

type Made = z.output<typeof DeterminationsMade.data>['determinations'][number];

/** One-off aid is told like a determination and puts nobody on the register. */
const oneOff: readonly string[] = ['festival', 'price'];
const isOnce = ({ programme }: Made): boolean => oneOff.includes(programme);

type Held = NonNullable<Made['before']>;
type Turn = { readonly from: string; readonly was: Held | undefined; readonly is: Held | undefined };

/**
 * How a determination changes what a household counts, month by month: from its first month on it counts what was determined,
 * and what would have changed later no longer does. The turns of all determinations of a case add up to what holds.
 */
const turnsOf = (made: Made): { readonly counts: Turn; readonly undone: readonly Turn[] } => {
  const { kind, from: first, before, later = [], amountFen, persons } = made;
  const counts = { from: first, was: before, is: kind === 'stop' ? undefined : { amountFen, persons } };
  const undone = later.map(({ from: month, held }, index) => ({
    from: month,
    was: index === 0 ? before : later[index - 1]?.held,
    is: held,
  }));
  return { counts, undone };
};

/** What a turn adds to a figure, and where. */
type Counted = { readonly areaCode: string; readonly value: number };

/** Facts of determinations by what a turn adds to a figure; what is undone is taken away again. A value of nothing is no fact. */
const ofTurns = (measure: (turn: Turn, livesIn: string) => readonly Counted[]): Source =>
  from(DeterminationsMade, ({ data }) =>
    data.determinations
      .filter((made) => !isOnce(made))
      .flatMap((made): Fact[] => {
        const { programme, caseNo: subject } = made;
        const { counts, undone } = turnsOf(made);
        const factsOf = (turn: Turn, sign: 1 | -1): Fact[] =>
          measure(turn, made.areaCode)
            .filter(({ value }) => value !== 0)
            .map(({ areaCode, value }) => ({
              month: Month.parse(turn.from),
              areaCode: areaCode as AreaCode,
              programme,
              subject,
              value: sign * value,
            }));
        return [...factsOf(counts, 1), ...undone.flatMap((turn) => factsOf(turn, -1))];
      }),
  );

/** Facts of determinations themselves, one for each that counts. */
const ofDeterminations = (measure: (made: Made) => number): Source =>
  from(DeterminationsMade, ({ data }) =>
    data.determinations.flatMap((made): Fact[] => {
      const value = measure(made);
      if (value === 0) return [];
      const { programme, caseNo: subject, from: month, areaCode } = made;
      return [{ month: Month.parse(month), areaCode: areaCode as AreaCode, programme, subject, value }];
    }),
  );

type Level = (held: Held) => number;

/** What a turn changes of a level: of a household that moved, it is less in one place and more in the other. */
const change =
  (level: Level) =>
  ({ was, is }: Turn, livesIn: string): Counted[] => {
    const lost = { areaCode: was?.areaCode ?? livesIn, value: was ? -level(was) : 0 };
    const won = { areaCode: is?.areaCode ?? livesIn, value: is ? level(is) : 0 };
    return lost.areaCode === won.areaCode ? [{ ...won, value: lost.value + won.value }] : [lost, won];
  };
const begun =
  (level: Level) =>
  ({ was, is }: Turn, livesIn: string): Counted[] =>
    !was && is ? [{ areaCode: is.areaCode ?? livesIn, value: level(is) }] : [];
const ended =
  (level: Level) =>
  ({ was, is }: Turn, livesIn: string): Counted[] =>
    was && !is ? [{ areaCode: was.areaCode ?? livesIn, value: level(was) }] : [];

/** What happened to an application counts for the month it happened in. */
const ofApplication = (happened: {
  readonly time: Instant;
  readonly data: {
    readonly applicationNo: string;
    readonly areaCode: string;
    readonly programme?: string | undefined;
  };
}): Fact => {
  const { applicationNo: subject, areaCode, programme } = happened.data;
  return {
    month: monthOfEvent(happened),
    areaCode: areaCode as AreaCode,
    ...(programme === undefined ? {} : { programme }),
    subject,
    value: 1,
  };
};

const register: readonly Indicator[] = [
  {
    id: 'assistance.households',
    name: '在册户数',
    unit: 'households',
    kind: 'stock',
    definition: '期末在册的户数:每户自其认定生效之月起计入,自停发生效之月起不再计入。',
    from: [ofTurns(change(() => 1))],
  },
  {
    id: 'assistance.persons',
    name: '在册人数',
    unit: 'persons',
    kind: 'stock',
    definition: '期末在册的保障人数,按最近一次认定的保障人口计。',
    from: [ofTurns(change(({ persons }) => persons))],
  },
  {
    id: 'assistance.monthly-amount',
    name: '月保障金额',
    unit: 'fen',
    kind: 'stock',
    definition: '期末在册各户按最近一次认定每月应发的金额之和。',
    from: [ofTurns(change(({ amountFen }) => amountFen))],
  },
  {
    id: 'assistance.households-added',
    name: '新增户数',
    unit: 'households',
    kind: 'flow',
    definition: '首次认定或恢复的生效月份在期内的户数。',
    from: [ofTurns(begun(() => 1))],
  },
  {
    id: 'assistance.persons-added',
    name: '新增人数',
    unit: 'persons',
    kind: 'flow',
    definition: '首次认定或恢复的生效月份在期内的户,其保障人数。',
    from: [ofTurns(begun(({ persons }) => persons))],
  },
  {
    id: 'assistance.households-ended',
    name: '注销户数',
    unit: 'households',
    kind: 'flow',
    definition: '停发的生效月份在期内的户数。',
    from: [ofTurns(ended(() => 1))],
  },
  {
    id: 'assistance.persons-ended',
    name: '注销人数',
    unit: 'persons',
    kind: 'flow',
    definition: '停发的生效月份在期内的户,其停发前的保障人数。',
    from: [ofTurns(ended(({ persons }) => persons))],
  },
  {
    id: 'assistance.full-amount-persons',
    name: '高龄且子女无供养能力全额享受人数',
    unit: 'persons',
    kind: 'flow',
    definition: '以“提标-高龄无供养”为由的认定,生效月份在期内的保障人数(K1)。',
    from: [ofDeterminations((made) => (made.reason === 'aged-without-support' ? made.persons : 0))],
  },
  {
    id: 'assistance.festival-persons',
    name: '享受节日补助人数',
    unit: 'persons',
    kind: 'flow',
    definition: '经批准发放节日临时生活补助的人数,每人只计一次、取最高一档(K2)。',
    from: [ofDeterminations((made) => (made.programme === 'festival' ? made.persons : 0))],
  },
];

/** Steps by which an application comes in, which nobody takes twice. */
const SUBMITTED = 'submitted';

const procedure: readonly Indicator[] = [
  {
    id: 'assistance.applications-received',
    name: '收到申请件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内提交的社会救助申请件数。',
    from: [
      from(ApplicationStepTaken, (happened) =>
        happened.data.step === SUBMITTED ? [ofApplication(happened)] : [],
      ),
    ],
  },
  {
    id: 'assistance.applications-approved',
    name: '批准申请件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内作出批准决定的申请件数。',
    from: [
      from(ApplicationDecided, (happened) =>
        happened.data.decision === 'approved' ? [ofApplication(happened)] : [],
      ),
    ],
  },
  {
    id: 'assistance.applications-refused',
    name: '不予批准申请件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内作出不予批准决定的申请件数。',
    from: [
      from(ApplicationDecided, (happened) =>
        happened.data.decision === 'refused' ? [ofApplication(happened)] : [],
      ),
    ],
  },
  {
    id: 'assistance.objections',
    name: '公示异议件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内对公示提出的异议件数。',
    from: [from(ObjectionRaised, (happened) => [ofApplication(happened)])],
  },
  {
    id: 'assistance.reviews',
    name: '复核户次',
    unit: 'visits',
    kind: 'flow',
    definition: '期内完成的定期复核户次。',
    from: [
      from(CaseReviewed, (happened) => {
        const { caseNo: subject, areaCode, programme } = happened.data;
        return [
          { month: monthOfEvent(happened), areaCode: areaCode as AreaCode, programme, subject, value: 1 },
        ];
      }),
    ],
  },
];

export const assistanceFigures: readonly Indicator[] = [...register, ...procedure];
