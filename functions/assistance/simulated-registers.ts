import { createHash } from 'node:crypto';
import type { Fen } from '../../shared/money.ts';
import { countedMembers, type HouseholdFacts, type IncomeKind } from './facts.ts';
import type { Found } from './income-check.ts';

/**
 * The province's platform as one machine has it: the registers find what was declared, and for a few households something
 * more. What they find depends on the request alone, so that a repeated message finds the same.
 */

const registerOf: Partial<Record<IncomeKind, Found['incomes'][number]['register']>> = {
  wage: 'social-insurance',
  business: 'tax',
  property: 'tax',
  transfer: 'social-insurance',
};

/** One household in so many has a deposit it did not tell of, and one a wage. */
const ONE_IN = 8;
const UNTOLD_DEPOSIT_FEN = 1_200_000;
const UNTOLD_WAGE_FEN = 60_000;

const fen = (amount: number): Fen => amount as Fen;

export const simulatedRegisters = (requestId: string, facts: HouseholdFacts): Found => {
  const chance = createHash('sha256').update(requestId).digest();
  const incomes = countedMembers(facts).flatMap(({ memberId, incomes }) =>
    incomes.flatMap(({ kind, monthlyFen }) => {
      const register = registerOf[kind];
      return register ? [{ memberId, kind, monthlyFen, register }] : [];
    }),
  );
  const worker = countedMembers(facts).find(({ ableToWork }) => ableToWork);
  const untoldWage =
    worker && chance.readUInt8(1) % ONE_IN === 0
      ? [
          {
            memberId: worker.memberId,
            kind: 'wage' as const,
            monthlyFen: fen(UNTOLD_WAGE_FEN),
            register: 'social-insurance' as const,
          },
        ]
      : [];
  const { moneyFen, vehicles, homes, businessPremises, companyCapitalFen } = facts.property;
  const deposit = chance.readUInt8(0) % ONE_IN === 0 ? UNTOLD_DEPOSIT_FEN : 0;
  return {
    incomes: [...incomes, ...untoldWage],
    property: { moneyFen: fen(moneyFen + deposit), vehicles, homes, businessPremises, companyCapitalFen },
    unanswered: [],
  };
};
