import { WarningRaised } from '../../events/outreach.ts';
import type { AreaCode } from '../../shared/area.ts';
import { dateAt } from '../../shared/clock.ts';
import { putDeterministicItems, putNew, queryAll, type Table } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { announce } from '../../shared/outbox.ts';
import { leadOwner } from './lead.ts';
import { type Receiving, receive } from './lead-store.ts';
import { keys } from './table.ts';
import { type Signal, warningsOf } from './warning.ts';

/** What was noticed, about which case, and what makes it one occasion: the same occasion warns once. */
export type Noticed = {
  readonly signal: Signal;
  readonly caseNo: string;
  readonly areaCode: AreaCode;
  /** Whom the occasion belongs to when it is not the case: a person's index. */
  readonly subject?: string;
  readonly occasion: string;
};

/**
 * Opens a lead for each warning rule that holds. Of an event that comes twice the second finds the occasion marked, and
 * changes nothing.
 */
export const warn = async (receiving: Receiving, noticed: Noticed): Promise<void> => {
  const { table, parameters, at, correlationId } = receiving;
  const { signal, caseNo, areaCode, subject = caseNo, occasion } = noticed;
  for (const { rule, notBefore } of warningsOf(signal, dateAt(at), parameters)) {
    const { ruleId, situations } = rule;
    await receive(
      receiving,
      areaCode,
      () => ({ source: 'warning', situations: [...situations], caseNo, ruleId, notBefore }),
      ({ leadNo }) => {
        const data = { leadNo, areaCode, ruleId, caseNo, notBefore };
        const fact = { subject: leadOwner(leadNo), which: 'warning', at, correlationId, data };
        return [
          // Loses when the occasion has warned already: there is nothing left to do.
          putNew(table, { ...keys.warning(ruleId, subject, occasion), leadNo }),
          announce(table, happened(WarningRaised, fact)),
        ];
      },
    );
  }
};

type Occurrence = {
  readonly subject: string;
  readonly kind: Signal['kind'];
  readonly on: string;
  readonly which: string;
};

/** Notes that something happened once more; the same occurrence noted again is the same. */
export const note = ({
  table,
  occurrences,
}: {
  table: Table;
  occurrences: readonly Occurrence[];
}): Promise<void> =>
  putDeterministicItems(
    table,
    occurrences.map(({ subject, kind, on, which }) => keys.signal(subject, kind, on, which)),
  );

/** How often it happened to a subject from a day to a day. */
export const timesNoted = async (
  table: Table,
  { subject, kind }: Pick<Occurrence, 'subject' | 'kind'>,
  from: string,
  to: string,
): Promise<number> => {
  let times = 0;
  const selection = {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': keys.signalsOf(subject),
      ':from': `${kind}#${from}`,
      // `~` sorts after every character of an occurrence's name.
      ':to': `${kind}#${to}#~`,
    },
    ConsistentRead: true,
  };
  for await (const _ of queryAll(table, selection)) times++;
  return times;
};
