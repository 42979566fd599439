import { published } from '../events/published.ts';
import { contextDefinitions } from '../infra/contexts.ts';
import type { EventValue } from '../shared/event.ts';
import type { Route } from '../shared/route.ts';
import { disbursementPatterns } from './access-patterns/disbursement.ts';
import type { ContextPatterns } from './access-patterns.ts';

/** What the documents say of one bounded context, taken from the values its code is made of. */
export type DocumentedContext = {
  readonly context: string;
  readonly routes: readonly Route[];
  readonly events: readonly EventValue[];
  /** Which function a bus rule feeds with which event type. */
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
};

export const contexts: readonly DocumentedContext[] = contextDefinitions.map(
  ({ context, operations, subscribers }) => {
    const description = described[context];
    if (!description) throw new Error(`docs/contexts.ts does not describe ${context}.`);
    return {
      context,
      routes: operations.map(({ route }) => route),
      consumers: subscribers.map(({ name, on }) => ({ name, type: on.type })),
      events: byType(published[context] ?? {}),
      ...description,
    };
  },
);
