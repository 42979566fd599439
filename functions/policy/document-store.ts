import { countyOf } from '../../shared/area.ts';
import {
  getItem,
  getItems,
  type Item,
  putNew,
  putOver,
  queryAll,
  type Table,
  type Write,
  within,
} from '../../shared/dynamo.ts';
import type { Officer } from '../../shared/role.ts';
import { Comment } from './comment.ts';
import { Document, type Ending, priorStates } from './document.ts';
import { numberOf } from './number.ts';
import { keys, listings } from './table.ts';

/** Reads and writes of documents, their numbers and the comments on them. */

export const documentItem = (document: Document): Item => ({
  ...document,
  ...keys.document(document.documentId),
  listPk: listings.documents(document.state),
  // Newest first by the last step; a revision does not move a draft up.
  listSk: `${document.history.at(-1)?.at}#${document.documentId}`,
});

export const findDocument = async (table: Table, documentId: string): Promise<Document | undefined> => {
  const item = await getItem(table, keys.document(documentId));
  return item && Document.parse(item);
};

/** A document of the officer's own district. Others are not shown, and not said to exist. */
export const documentFor = async (
  table: Table,
  officer: Officer,
  documentId: string,
): Promise<Document | undefined> => {
  const document = await findDocument(table, documentId);
  return document && isOwn(officer, document) ? document : undefined;
};

/** Documents are for the whole district; an officer of a town reads those of the district the town lies in. */
export const isOwn = (officer: Officer, { area }: Document): boolean => countyOf(officer.area) === area;

export const findDocuments = async (
  table: Table,
  documentIds: readonly string[],
): Promise<Map<string, Document>> => {
  const wanted = [...new Set(documentIds)].map((documentId) => keys.document(documentId));
  const documents = (await getItems(table, wanted)).map((item) => Document.parse(item));
  return new Map(documents.map((document) => [document.documentId, document]));
};

/** Whether every document named exists in this district and is issued and not ended; what a newer one may end. */
export const canEnd = async (table: Table, officer: Officer, ends: readonly Ending[]): Promise<boolean> => {
  const ids = ends.map(({ documentId }) => documentId);
  const known = await findDocuments(table, ids);
  return (
    new Set(ids).size === ids.length &&
    ids.every((id) => {
      const document = known.get(id);
      return document?.state === 'issued' && isOwn(officer, document);
    })
  );
};

export const documentIdOfNumber = async (table: Table, number: string): Promise<string | undefined> => {
  const item = await getItem(table, keys.documentNumber(number));
  return item && String(item.documentId);
};

/** Which of the cited numbers are documents of this bureau. */
export const documentIdsOf = async (
  table: Table,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const wanted = [...new Set(numbers)].map((number) => keys.documentNumber(number));
  const items = await getItems(table, wanted);
  return new Map(items.map(({ pk, documentId }) => [String(pk).slice('NUMBER#'.length), String(documentId)]));
};

/**
 * Puts the next version of a document over the one that was read. The condition is the table of prior states and the version:
 * the loser of a race finds the document changed and must read it again.
 */
export const stepDocument = (table: Table, read: Document, next: Document): Write => {
  const from: readonly string[] = priorStates[next.state];
  return {
    Put: {
      TableName: table.name,
      Item: documentItem(next),
      ConditionExpression: `#version = :read AND #state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
      ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
      ExpressionAttributeValues: {
        ':read': read.version,
        ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
      },
    },
  };
};

type Series = { readonly last: number; readonly version: number };

/** The next free number of a series: the one after the last drawn, past those that were given by hand. */
export const nextNumber = async (
  table: Table,
  prefix: string,
  year: string,
): Promise<{ readonly number: string; readonly series: Series | undefined; readonly sequence: number }> => {
  const series = (await getItem(table, keys.numberSeries(prefix, year))) as Series | undefined;
  for (let sequence = (series?.last ?? 0) + 1; ; sequence++) {
    const number = numberOf(prefix, year, sequence);
    if ((await documentIdOfNumber(table, number)) === undefined) return { number, series, sequence };
  }
};

/** Moves a series on to a number. The loser of a race for it finds the series changed. */
export const seriesItem = (
  table: Table,
  { prefix, year }: { readonly prefix: string; readonly year: string },
  read: Series | undefined,
  last: number,
): Write => {
  const item = { ...keys.numberSeries(prefix, year), last, version: (read?.version ?? 0) + 1 };
  return read ? putOver(table, item, read.version) : putNew(table, item);
};

export const commentItem = (comment: Comment): Item => ({
  ...comment,
  ...keys.comment(comment.documentId, comment.commentId),
});

export const findComment = async (
  table: Table,
  documentId: string,
  commentId: string,
): Promise<Comment | undefined> => {
  const item = await getItem(table, keys.comment(documentId, commentId));
  return item && Comment.parse(item);
};

export const commentsOfRound = async (
  table: Table,
  documentId: string,
  round: number,
): Promise<Comment[]> => {
  const comments: Comment[] = [];
  for await (const item of queryAll(table, within(keys.commentsOn(documentId)))) {
    const comment = Comment.parse(item);
    if (comment.round === round) comments.push(comment);
  }
  return comments;
};

/**
 * That a document is still out for comments, asked in the transaction that adds or answers one. The loser finds that the
 * outcome was published in between, and nothing is added to what it counted.
 */
export const whileConsulting = (table: Table, documentId: string): Write => ({
  ConditionCheck: {
    TableName: table.name,
    Key: keys.document(documentId),
    ConditionExpression: '#state = :consulting',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':consulting': 'consulting' },
  },
});
