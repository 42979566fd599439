import type * as z from 'zod';
import type { Seals } from '../../shared/keyring.ts';
import { maskPhone } from '../../shared/mask.ts';
import { type Aide, aideKindNames, aideOwner } from './aide.ts';
import type { AideRecord, AideView } from './views.ts';

export const recordOfAide = ({
  aideId,
  kind,
  areaCode,
  contractNo,
  state,
  households,
  since,
  until,
}: Aide): z.input<typeof AideRecord> => ({
  aideId,
  kind,
  kindName: aideKindNames[kind],
  areaCode,
  contractNo,
  state,
  households,
  since,
  until,
});

/** An aide as officers see him: name in full, phone masked (rulebook I.7, staff list). */
export const viewAide = (aide: Aide, seals: Seals): z.input<typeof AideView> => ({
  ...recordOfAide(aide),
  name: seals.open(aideOwner(aide.aideId), 'name', aide.name),
  phone: maskPhone(seals.open(aideOwner(aide.aideId), 'phone', aide.phone)),
});
