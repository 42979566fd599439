import type { AreaCode } from '../../shared/area.ts';
import type { Seals } from '../../shared/keyring.ts';
import { leadOwner, type NewLead } from './lead.ts';

/** What somebody told, in the clear. */
export type Told = {
  readonly areaCode: AreaCode;
  readonly text: string;
  readonly personName?: string | undefined;
  readonly contactName?: string | undefined;
  readonly contactPhone?: string | undefined;
};

/** The persons and words of a lead, sealed. A name is indexed too, so that leads about the same person find each other. */
export const sealTold = (
  seals: Seals,
  leadNo: string,
  { text, personName, contactName, contactPhone }: Told,
): Pick<NewLead, 'text' | 'person' | 'contact'> => {
  const owner = leadOwner(leadNo);
  return {
    text: seals.seal(owner, 'text', text),
    ...(personName === undefined
      ? {}
      : {
          person: {
            name: seals.seal(`${owner}/person`, 'name', personName),
            index: seals.index('name', personName),
          },
        }),
    ...(contactPhone === undefined
      ? {}
      : {
          contact: {
            phone: seals.seal(owner, 'phone', contactPhone),
            ...(contactName === undefined ? {} : { name: seals.seal(owner, 'name', contactName) }),
          },
        }),
  };
};
