import type * as z from 'zod';
import { areaName } from '../../shared/area.ts';
import type { Seals } from '../../shared/keyring.ts';
import { maskAccount, maskIdentityNumber, maskPhone } from '../../shared/mask.ts';
import type { Month } from '../../shared/month.ts';
import { type Case, caseStateNames } from './case.ts';
import type { CaseRow, CaseView, MemberView } from './case-views.ts';
import {
  type Determination,
  type DeterminationView,
  determinationFor,
  kindNames,
  reasonNames,
} from './determination.ts';
import { relationNames } from './facts.ts';
import { headOf, openAccount, openPerson } from './identity.ts';

/** How officers see a case: names in full, numbers masked (rulebook I.7, staff list). */

export const viewDetermination = (determination: Determination): z.input<typeof DeterminationView> => ({
  ...determination,
  kindName: kindNames[determination.kind],
  reasonName: reasonNames[determination.reason],
});

const viewMembers = ({ caseNo, facts, identities }: Case, seals: Seals): z.input<typeof MemberView>[] =>
  facts.members.map(({ memberId, relation, notCounted }) => {
    const identity = identities[memberId];
    if (!identity) throw new Error(`Member ${memberId} of ${caseNo} has no identity.`);
    const { name, identityNumber, phone } = openPerson(seals, caseNo, memberId, identity);
    return {
      memberId,
      relation,
      relationName: relationNames[relation],
      name,
      identityNumber: maskIdentityNumber(identityNumber),
      phone: phone && maskPhone(phone),
      notCounted,
    };
  });

const summaryOf = (known: Case) => ({
  caseNo: known.caseNo,
  programme: known.programme,
  state: known.state,
  stateName: caseStateNames[known.state],
  single: known.single,
  areaCode: known.areaCode,
  areaName: areaName(known.areaCode),
  persons: known.persons,
  amountFen: known.amountFen,
  reviewMonth: known.reviewMonth,
  openAdjustment: known.openAdjustment,
});

export const viewCaseRow = (known: Case, seals: Seals): z.input<typeof CaseRow> => {
  const { memberId } = headOf(known.facts);
  const identity = known.identities[memberId];
  if (!identity) throw new Error(`The head of ${known.caseNo} has no identity.`);
  const { name, identityNumber } = openPerson(seals, known.caseNo, memberId, identity);
  return { ...summaryOf(known), head: name, identityNumber: maskIdentityNumber(identityNumber) };
};

export const viewCase = (known: Case, seals: Seals, month: Month): z.input<typeof CaseView> => {
  const account = known.account && openAccount(seals, known.caseNo, known.account);
  const inForce = determinationFor(known.determinations, month);
  return {
    ...summaryOf(known),
    members: viewMembers(known, seals),
    bank: account?.bank,
    account: account && maskAccount(account.account),
    accountName: account?.accountName,
    facts: known.facts,
    factsVersion: known.factsVersion,
    determinations: known.determinations.map(viewDetermination),
    inForce: inForce && viewDetermination(inForce),
    reviewClass: known.reviewClass,
    relatedToOfficer: known.relatedToOfficer,
    applicationNo: known.applicationNo,
    version: known.version,
  };
};
