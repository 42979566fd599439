import type { Table } from '../../shared/dynamo.ts';
import { type ParameterSet, shipped } from '../../shared/parameter.ts';
import { refuse } from '../../shared/route.ts';
import type { Change, Notice } from './change.ts';
import { type Document, standingOn } from './document.ts';
import { documentIdOfNumber, findDocument } from './document-store.ts';
import { judge, type Verdict } from './guard-rail.ts';
import { proposalOf } from './parameter-view.ts';

/** A change weighed against the rule numbers and the documents of this bureau. */
export type Judgement = Verdict & { readonly documentId: string | undefined };

/** Every broken rule in one answer: the Chinese sentences together, and each at its field with its rulebook id. */
export const refuseFor = ({ faults }: Judgement) =>
  refuse(
    'GUARD_RAIL_BROKEN',
    `${faults.map(({ message }) => message).join(';')}。`,
    faults.map(({ field, rule, message }) => ({ path: `body.${field}`, message: `${message}(${rule})` })),
  );

const documentNotices = ({ key, from }: Change, document: Document | undefined): Notice[] => {
  if (!document) return [];
  const notices: Notice[] = [];
  if (shipped[key].scope !== 'district')
    notices.push({
      rule: '0.3.1',
      message: '该参数由上级规定,所引为本局文件,请核对其转发的上级文件',
    });
  if (standingOn(document, from) !== 'in-force')
    notices.push({ rule: '0.3.1', message: `所引文件在${from}并未施行` });
  return notices;
};

/** What is to be said of a change, with the cited document when it is one of this bureau. */
export const judgeIn = async (
  table: Table,
  set: ParameterSet,
  change: Change,
  today: string,
): Promise<Judgement> => {
  const verdict = judge(set, proposalOf(change), today);
  const documentId = await documentIdOfNumber(table, change.sourceDocument);
  const document = documentId === undefined ? undefined : await findDocument(table, documentId);
  return {
    faults: verdict.faults,
    notices: [...verdict.notices, ...documentNotices(change, document)],
    documentId,
  };
};

/** What an officer is shown of a change: a pending one is weighed anew. */
export const weigh = async (
  table: Table,
  set: ParameterSet,
  change: Change,
  today: string,
): Promise<Partial<Judgement>> =>
  change.state === 'pending'
    ? judgeIn(table, set, change, today)
    : { documentId: await documentIdOfNumber(table, change.sourceDocument) };
