import { published } from '../events/published.ts';
import { contextDefinitions } from '../infra/contexts.ts';
import type { EventValue } from '../shared/event.ts';
import type { Route } from '../shared/route.ts';
import { assistancePatterns } from './access-patterns/assistance.ts';
import { disbursementPatterns } from './access-patterns/disbursement.ts';
import { institutionsPatterns } from './access-patterns/institutions.ts';
import { outreachPatterns } from './access-patterns/outreach.ts';
import { policyPatterns } from './access-patterns/policy.ts';
import { reliefPatterns } from './access-patterns/relief.ts';
import { reportingPatterns } from './access-patterns/reporting.ts';
import type { ContextPatterns } from './access-patterns.ts';

/** What the documents say of one bounded context, taken from the values its code is made of. */
export type DocumentedContext = {
  readonly context: string;
  readonly routes: readonly Route[];
  readonly events: readonly EventValue[];
  /** Which function a bus rule feeds with which event type; one that takes every event is not named at each. */
  readonly consumers: readonly { readonly name: string; readonly type: string }[];
  /** What each collection of the context's paths is, by the second part of the path. */
  readonly collections: Readonly<Record<string, string>>;
  readonly patterns: ContextPatterns;
};

/** In the order of their types: the order of a module's exports depends on who runs it. */
const byType = (events: Readonly<Record<string, EventValue>>): EventValue[] =>
  Object.values(events).toSorted((a, b) => (a.type < b.type ? -1 : 1));

/** What the code does not say of itself. */
const described: Readonly<Record<string, Pick<DocumentedContext, 'patterns' | 'collections'>>> = {
  assistance: {
    patterns: assistancePatterns,
    collections: {
      applications: 'Applications of households, from the desk to the decision.',
      due: 'What must be done by a date.',
      'income-checks': 'What the registers of other offices say of a household.',
      own: 'What a citizen sees as his own.',
      publicities: 'What is posted, for everybody.',
      cases: 'The register: households that are helped, what is known of them and what was determined.',
      reviews: 'Households to be looked at again.',
      counts: 'How many households and persons the register holds.',
      adjustments: 'Changes and reviews of cases, each proposed by one officer and decided by another.',
      uploads: 'Links to put files to.',
      imports: 'Moving an existing register in.',
      sweeps: 'A new standard, the full amount for the old, festival aid: one job over the whole register.',
      'price-indices': 'Monthly price figures, which set off the price subsidy.',
    },
  },
  disbursement: {
    patterns: disbursementPatterns,
    collections: {
      uploads: 'Links to put files to.',
      rosters: 'Who is to be paid, as files of many rows.',
      entitlements: 'What each case is entitled to, version by version, and where its money goes.',
      ledger: 'Arrears (补发) and recoveries (抵扣) that the next run takes up.',
      runs: 'The monthly payment of a programme, from opening to closing.',
      files: 'Bank files.',
      returns: 'Return files (回盘文件) of the banks, and the rows of them that matched nothing.',
    },
  },
  institutions: {
    patterns: institutionsPatterns,
    collections: {
      homes:
        'Care institutions, the accounts they are paid to, their books month by month, and the quarterly reconciliation.',
      residents: 'Who lives in an institution, from when to when, and who is away.',
      vouchers: 'Entries that one officer prepares and another decides on.',
    },
  },
  outreach: {
    patterns: outreachPatterns,
    collections: {
      aides:
        'Who stays in touch with households: party members, village people, contracted staff, volunteers.',
      households: 'The visit plan: who looks after a household and when it is visited next.',
      visits: 'Visits to households and on leads.',
      'gift-campaigns': 'Visits with goods or cash: budgets, and what was given of them.',
      leads: 'Who may need help and has not asked for it, until it is dealt with.',
      reports: 'Where anybody may tell of a family in need, without a token.',
      screenings: 'The figures of a month, town by town.',
    },
  },
  policy: {
    patterns: policyPatterns,
    collections: {
      uploads: 'Links to put attachments to.',
      documents: 'Documents from the draft to the day they end, and the comments on them.',
      public: 'What anybody may read, and where anybody may comment, without a token.',
      parameters: 'Rule numbers with their history, and proposed changes.',
      'parameter-changes': 'Changes of rule numbers by their state.',
      programmes: 'The catalogue of assistance programmes.',
    },
  },
  relief: {
    patterns: reliefPatterns,
    collections: {
      cases: 'Applications for temporary relief, step by step.',
      'look-ups': 'The cases of a person.',
      due: 'What must be done by a date.',
      publicities: 'What is posted, for everybody.',
      reserves: 'The reserves of the townships, their movements and their reconciliation.',
      movements: 'Allotments, replenishments and recalls of reserves.',
      recalls: 'The yearly recall of what is left of prior years.',
      inspections: 'Inspections of townships.',
      findings: 'What inspections and reconciliations found, until it is put right.',
    },
  },
  reporting: {
    patterns: reportingPatterns,
    collections: {
      indicators: 'Every figure there is, and what it counts.',
      figures: 'What figures come to, and the facts behind them.',
      events: 'The audit trail across contexts.',
      preview: 'The report as it would be written now.',
      reports: 'Reports from the writing to the issue, and their files.',
      targets: 'What is to be reached by when, and how far it is.',
      backlog: 'What could not be handled.',
      recounts: 'All figures counted anew from the kept events, and compared.',
    },
  },
};

export const contexts: readonly DocumentedContext[] = contextDefinitions.map(
  ({ context, operations, subscribers }) => {
    const description = described[context];
    if (!description) throw new Error(`docs/contexts.ts does not describe ${context}.`);
    return {
      context,
      routes: operations.map(({ route }) => route),
      consumers: subscribers.flatMap(({ name, on }) =>
        on === 'everything' ? [] : [{ name, type: on.type }],
      ),
      events: byType(published[context] ?? {}),
      ...description,
    };
  },
);
