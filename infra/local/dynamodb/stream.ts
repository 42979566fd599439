import { createHash } from 'node:crypto';
import type { Item } from './attribute-value.ts';
import { itemSize } from './item-size.ts';
import { keyAttributes } from './key.ts';
import type { Storage, StoredItem, StreamEvent, StreamRow } from './storage.ts';
import type { Table } from './table.ts';

/** A stream record as Lambda receives it, plus its place in the table's stream. */
export type StreamRecord = {
  /** Grows with every change of the table; what `readStream` and `trimStream` count by. */
  readonly position: number;
  readonly eventID: string;
  readonly eventName: StreamEvent;
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
};

/** What filters of consumers look at. */
export type ChangeRecord = {
  readonly eventName: StreamEvent;
  readonly dynamodb: { readonly NewImage?: Item };
};

/** One change of an item; `expired` marks the deletions time to live makes. */
type Change = {
  readonly old: StoredItem | undefined;
  readonly next: Item | undefined;
  readonly newText: string | undefined;
  readonly expired: boolean;
};

export type Streams = {
  readonly keep: (table: Table, accepts: (record: ChangeRecord) => boolean) => void;
  readonly append: (table: Table, change: Change) => void;
  readonly read: (table: Table, after: number, limit: number) => readonly StreamRecord[];
  readonly trim: (table: Table, upTo: number) => void;
  /** The position of the newest record, kept or trimmed. */
  readonly last: (table: Table) => number;
  /** The newest position forgotten; 0 when none was. */
  readonly trimmedUpTo: (table: Table) => number;
  /** Tells listeners about tables that gained records since the last call. */
  readonly announce: () => void;
  readonly onRecords: (listener: (tableName: string) => void) => void;
};

const TRIMMED_SQL = `CREATE TABLE IF NOT EXISTS dynamodb_stream_trimmed (table_id INTEGER PRIMARY KEY, position INTEGER NOT NULL)`;

/** AWS sequence numbers are opaque decimal text of at least 21 digits that sorts as text. */
export const sequenceNumber = (position: number): string => String(position).padStart(21, '0');

export const streamLabel = (table: Table): string => new Date(table.createdAt).toISOString().replace('Z', '');

export const streamArn = (table: Table): string => `${table.arn}/stream/${streamLabel(table)}`;

const eventOf = ({ old, next }: Change): StreamEvent => {
  if (old === undefined) return 'INSERT';
  return next === undefined ? 'REMOVE' : 'MODIFY';
};

const parsed = (text: string | undefined): Item | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Item);

const recordOf = (table: Table, row: StreamRow, region: string): StreamRecord => {
  const before = parsed(row.old);
  const after = parsed(row.new);
  const keys = keyAttributes(table, undefined, after ?? before ?? {});
  const view = table.streamViewType ?? 'KEYS_ONLY';
  const newImage = view.startsWith('NEW') ? after : undefined;
  const oldImage = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? before : undefined;
  const size = [keys, newImage, oldImage].reduce((total, image) => total + (image ? itemSize(image) : 0), 0);
  return {
    position: row.position,
    eventID: createHash('md5').update(`${table.arn}/${table.id}/${row.position}`).digest('hex'),
    eventName: row.event,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn(table),
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(row.at / 1_000),
      Keys: keys,
      ...(newImage && { NewImage: newImage }),
      ...(oldImage && { OldImage: oldImage }),
      SequenceNumber: sequenceNumber(row.position),
      SizeBytes: size,
      StreamViewType: view,
    },
    ...(row.expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const }),
  };
};

export const openStreams = (storage: Storage, region: string, now: () => number): Streams => {
  const { database, prepare } = storage;
  const listeners: ((tableName: string) => void)[] = [];
  const lastPositions = new Map<number, number>();
  const consumers = new Map<number, ((record: ChangeRecord) => boolean)[]>();
  const grown = new Set<string>();
  database.exec(TRIMMED_SQL);

  const trimmedUpTo = (table: Table): number =>
    Number(
      prepare('SELECT position FROM dynamodb_stream_trimmed WHERE table_id = ?').get(table.id)?.position ?? 0,
    );
  const lastPosition = (table: Table): number =>
    lastPositions.get(table.id) ?? Math.max(storage.lastStreamPosition(table), trimmedUpTo(table));

  const isKept = (table: Table, change: Change): boolean => {
    if (table.streamViewType === undefined) return false;
    const accepting = consumers.get(table.id);
    if (!accepting) return true;
    const NewImage = change.next;
    const record = { eventName: eventOf(change), dynamodb: { ...(NewImage && { NewImage }) } };
    return accepting.some((accepts) => accepts(record));
  };

  return {
    keep: (table, accepts) => {
      consumers.set(table.id, [...(consumers.get(table.id) ?? []), accepts]);
    },
    append: (table, change) => {
      if (!isKept(table, change)) return;
      const position = lastPosition(table) + 1;
      lastPositions.set(table.id, position);
      storage.appendStream(table, {
        position,
        event: eventOf(change),
        at: now(),
        expired: change.expired,
        old: change.old?.text,
        new: change.newText,
      });
      grown.add(table.name);
    },
    read: (table, after, limit) =>
      storage.readStream(table, after, limit).map((row) => recordOf(table, row, region)),
    trim: (table, upTo) => {
      // Positions go on from here even when every record is gone, so a consumer's checkpoint never meets a reused one.
      const position = Math.min(upTo, lastPosition(table));
      prepare(
        'INSERT INTO dynamodb_stream_trimmed VALUES (?, ?) ON CONFLICT DO UPDATE SET position = max(position, excluded.position)',
      ).run(table.id, position);
      storage.trimStream(table, position);
    },
    last: lastPosition,
    trimmedUpTo,
    announce: () => {
      const names = [...grown];
      grown.clear();
      for (const name of names) for (const listener of listeners) listener(name);
    },
    onRecords: (listener) => {
      listeners.push(listener);
    },
  };
};
