import { createSecretKey, randomBytes } from 'node:crypto';
import { type Clock, dateAt } from './clock.ts';
import type { KeyService } from './data-key.ts';
import { getItem, putNew, queryAll, type Table, transact, within } from './dynamo.ts';
import { blindIndex, type DataKey, openField, type Sealed, type SealedField, sealField } from './seal.ts';

/** Seals, opens and finds personal fields; `owner` is the record the field belongs to. */
export type Seals = {
  readonly seal: (owner: string, field: SealedField, plain: string) => Sealed;
  readonly open: (owner: string, field: SealedField, sealed: Sealed) => string;
  /** The keyed fingerprint of a field, or of a whole record. */
  readonly index: (field: SealedField | 'record', plain: string) => string;
};

const PARTITION = 'DATA_KEY';
/** The index key never rotates: look-ups must find what was stored years ago. */
const INDEX_KEY = 'index';

/** Makes the data key if nobody has; of two makers the loser uses the winner's. */
const ensureKey = async (table: Table, keyService: KeyService, id: string): Promise<void> => {
  if (await getItem(table, { pk: PARTITION, sk: id })) return;
  const { wrapped } = await keyService.generate(table.name);
  await transact(table, [putNew(table, { pk: PARTITION, sk: id, wrapped })]);
};

/**
 * The context's data keys: one a year for sealing, one for blind indexes, wrapped by the KMS key and kept in the context's
 * own table. The returned function loads them once and again when the year turns.
 */
export const keyring = (table: Table, keyService: KeyService, clock: Clock): (() => Promise<Seals>) => {
  let loaded: { readonly year: string; readonly seals: Promise<Seals> } | undefined;

  const load = async (year: string): Promise<Seals> => {
    await ensureKey(table, keyService, INDEX_KEY);
    await ensureKey(table, keyService, year);
    const keys = new Map<string, DataKey>();
    for await (const item of queryAll(table, within(PARTITION))) {
      const id = String(item.sk);
      const secret = createSecretKey(await keyService.unwrap(String(item.wrapped), table.name));
      keys.set(id, { id, secret });
    }
    const current = keys.get(year);
    const indexing = keys.get(INDEX_KEY);
    if (!current || !indexing) throw new Error('The data keys were written and are not there.');
    return {
      seal: (owner, field, plain) => sealField(current, owner, field, plain, randomBytes(12)),
      open: (owner, field, sealed) => openField(keys, owner, field, sealed),
      index: (field, plain) => blindIndex(indexing, field, plain),
    };
  };

  return () => {
    const year = dateAt(clock()).slice(0, 4);
    if (loaded?.year !== year) {
      const seals = load(year);
      loaded = { year, seals };
      // A failed load must not be remembered, or every later invocation of this container would fail with it.
      seals.catch(() => {
        loaded = undefined;
      });
    }
    return loaded.seals;
  };
};
