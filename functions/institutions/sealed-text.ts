import * as z from 'zod';
import type { Sealed } from '../../shared/seal.ts';

/** A sealed field as it lies in the table. */
export const SealedText = z.string().transform((text) => text as Sealed);
