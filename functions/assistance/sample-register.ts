import { chanceFrom } from '../../demo/chance.ts';
import { peopleInventor } from '../../demo/person.ts';
import { openSampleDesk, type SampleDesk } from '../../infra/local/sample-desk.ts';
import { AreaCode } from '../../shared/area.ts';
import { dateAt, type Instant } from '../../shared/clock.ts';
import { transact } from '../../shared/dynamo.ts';
import type { Payees } from '../../shared/handover.ts';
import { birthDateOf, sexOf } from '../../shared/identity-number.ts';
import type { Fen } from '../../shared/money.ts';
import { Month, monthOfDate } from '../../shared/month.ts';
import { shipped } from '../../shared/parameter.ts';
import type { Officer, Role } from '../../shared/role.ts';
import { aidOf, type Case } from './case.ts';
import { reviewOf } from './case-review.ts';
import { writeNewCase } from './case-store.ts';
import { amountFor } from './evaluate.ts';
import { HouseholdFacts } from './facts.ts';
import { sealPersons, type WrittenPerson } from './identity.ts';
import type { FactsSketch, MemberSketch } from './sample-household.ts';
import { assistanceTable } from './table.ts';

/** A register for tests: cases of invented people, and officers who work on it. */

const DISTRICT = '330702000000';
export const TOWN = '330702001000';
export const VILLAGE = '330702001008';

export const officer = (role: Role, id: string = role, area = DISTRICT): Officer => ({
  id,
  name: '测试',
  role,
  area: AreaCode.parse(area),
});

type Entry = {
  readonly caseNo: string;
  readonly programme?: Case['programme'];
  readonly from: string;
  readonly members: readonly (MemberSketch & { readonly bornIn?: number })[];
  readonly facts?: FactsSketch;
  /** What was determined, if not what the rules say. */
  readonly amountFen?: number;
};

export type SampleRegister = SampleDesk & {
  readonly enter: (
    entry: Entry,
  ) => Promise<{ readonly known: Case; readonly persons: Record<string, WrittenPerson> }>;
  /** What was handed over to payments, by key. */
  readonly handedOver: Map<string, Payees>;
  readonly handover: { readonly give: (key: string, payees: Payees) => Promise<void> };
  readonly invent: (bornFrom: number, bornTo: number) => WrittenPerson;
};

const memberOf = ({ identityNumber }: WrittenPerson, index: number) => ({
  memberId: `m${index + 1}`,
  relation: index === 0 ? 'head' : 'spouse',
  sex: sexOf(identityNumber),
  born: birthDateOf(identityNumber),
});

export const openSampleRegister = (startsAt: Instant): SampleRegister => {
  const desk = openSampleDesk(assistanceTable, startsAt);
  const chance = chanceFrom('sample register');
  const people = peopleInventor();
  const invent = (bornFrom: number, bornTo: number): WrittenPerson => people(chance, bornFrom, bornTo);
  const handedOver = new Map<string, Payees>();

  const enter: SampleRegister['enter'] = async (entry) => {
    const persons: Record<string, WrittenPerson> = {};
    const members = entry.members.map(({ bornIn = 1975, ...member }, index) => {
      const person = invent(bornIn, bornIn);
      const drawn = memberOf(person, index);
      persons[drawn.memberId] = person;
      return { ...drawn, ...member };
    });
    const facts = HouseholdFacts.parse({ areaCode: VILLAGE, residence: 'urban', ...entry.facts, members });
    const { caseNo, programme = 'dibao' } = entry;
    const from = Month.parse(entry.from);
    const now = desk.deps.clock();
    const amount = amountFor(facts, aidOf({ programme, single: false }), from, shipped);
    const amountFen = (entry.amountFen ?? amount.amountFen) as Fen;
    const persons_ = amount.eligible ? amount.persons : members.length;
    const known: Case = {
      caseNo,
      programme,
      single: false,
      state: 'active',
      areaCode: facts.areaCode,
      facts,
      factsVersion: 1,
      dossierVersion: 1,
      identities: sealPersons(await desk.seals(), caseNo, persons, dateAt(now)),
      amountFen,
      persons: persons_,
      determinations: [
        {
          number: 1,
          kind: 'new',
          reason: entry.amountFen === undefined ? 'application' : 'register',
          from,
          amountFen,
          persons: persons_,
          factsVersion: 1,
          madeAt: now,
          maker: 'clerk-0',
          checkers: ['chief-0'],
          areaCode: facts.areaCode,
          origin: `application/${caseNo}`,
        },
      ],
      relatedToOfficer: false,
      ...reviewOf(facts, monthOfDate(dateAt(now)), shipped),
      version: 1,
    };
    const { committed } = await transact(desk.table, writeNewCase(desk.table, known));
    if (!committed) throw new Error(`The case ${caseNo} is there already.`);
    return { known, persons };
  };

  return {
    ...desk,
    enter,
    invent,
    handedOver,
    handover: {
      give: async (key, payees) => {
        handedOver.set(key, payees);
      },
    },
  };
};
