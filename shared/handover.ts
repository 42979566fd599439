import * as z from 'zod';
import { type Objects, openObjects } from './objects.ts';

/**
 * What one context tells another about persons, beside an event that must not (ADR 0010): the event carries the key, an object
 * under the platform's key carries the persons. It is written before the event's transaction; one that nobody announced is an
 * orphan and expires.
 */
export const Payee = z.object({
  name: z.string(),
  identityNumber: z.string(),
  phone: z.string().optional(),
  account: z.string().optional(),
  accountName: z.string().optional(),
  bank: z.string().optional(),
});
export type Payee = z.output<typeof Payee>;

/** Payees by case number; an institution by its credit code, which is its identity number too. */
const Payees = z.record(z.string(), Payee);
export type Payees = Readonly<Record<string, Payee>>;

export type Handover = {
  readonly give: (key: string, payees: Payees) => Promise<void>;
  /** Undefined once it has expired. */
  readonly take: (key: string) => Promise<Payees | undefined>;
};

export const handoverIn = (objects: Pick<Objects, 'get' | 'put'>): Handover => ({
  give: (key, payees) => objects.put(key, Buffer.from(JSON.stringify(payees)), 'application/json'),
  take: async (key) => {
    const bytes = await objects.get(key);
    return bytes && Payees.parse(JSON.parse(Buffer.from(bytes).toString()));
  },
});

export const openHandover = (bucket: string, env: Parameters<typeof openObjects>[1]): Handover =>
  handoverIn(openObjects(bucket, env));
