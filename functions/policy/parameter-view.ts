import type * as z from 'zod';
import { type ParameterKey, type ParameterSet, shipped, valueOn } from '../../shared/parameter.ts';
import type { Scope, Value } from '../../shared/rule-number.ts';
import type { Change, Notice } from './change.ts';
import { unitBounds } from './statutory-limit.ts';
import type { ChangeView, ParameterVersion, ParameterView } from './views.ts';

/** Rule numbers and their changes as officers see them. */

const scopeNames: Readonly<Record<Scope, string>> = {
  nation: '国家',
  province: '省',
  city: '市',
  district: '区',
};

const described = (key: ParameterKey) => {
  const { name, scope, unit } = shipped[key];
  return { key, name, scope, scopeName: scopeNames[scope], unit, unitName: unitBounds[unit].word };
};

/** What is assumed and not confirmed by a document is 待确认 (rulebook 0.1). */
const isToConfirm = (value: Value | undefined): boolean => value?.certainty === 'A';

export const viewParameter = (set: ParameterSet, key: ParameterKey, date: string): ParameterView => {
  const value = valueOn(set, key, date);
  return { ...described(key), ...value, toConfirm: isToConfirm(value) };
};

/**
 * A change as officers see it. While it is pending, `weighed` says what is to be said of it today, for other numbers may have
 * changed since it was proposed; once it is decided, what the approver was told stands.
 */
export const viewChange = (
  change: Change,
  set: ParameterSet,
  weighed: {
    readonly faults?: readonly Notice[];
    readonly notices?: readonly Notice[];
    readonly documentId?: string | undefined;
  },
): z.input<typeof ChangeView> => {
  const { version: _version, ...shown } = change;
  const replaces = change.state === 'pending' ? valueOn(set, change.key, change.from)?.value : undefined;
  return {
    ...shown,
    ...described(change.key),
    replaces,
    documentId: weighed.documentId,
    faults: (weighed.faults ?? []).map(({ rule, message }) => ({ rule, message })),
    notices: [...(weighed.notices ?? change.notices)],
  };
};

/** What a change would put into the set of rule numbers. */
export const proposalOf = ({ key, value, from, to, sourceDocument, certainty }: Change) => ({
  key,
  value,
  from,
  ...(to === undefined ? {} : { to }),
  source: sourceDocument,
  certainty,
});

/** Every value a number ever had: those the software came with, and those that were set, in the order they were set. */
export const historyOf = (
  key: ParameterKey,
  changes: readonly Change[],
  documentIds: ReadonlyMap<string, string>,
): z.input<typeof ParameterVersion>[] => [
  ...shipped[key].values.map((value) => ({ ...value, preparedBy: 'shipped' })),
  ...changes
    .filter(({ state }) => state === 'approved')
    .toSorted((a, b) => ((a.decidedAt ?? '') < (b.decidedAt ?? '') ? -1 : 1))
    .map(({ changeId, value, from, to, sourceDocument, certainty, preparedBy, preparedAt, ...decided }) => ({
      changeId,
      value,
      from,
      to,
      source: sourceDocument,
      documentId: documentIds.get(sourceDocument),
      certainty,
      preparedBy,
      preparedAt,
      approvedBy: decided.decidedBy,
      approvedAt: decided.decidedAt,
    })),
];
