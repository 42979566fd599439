import type { Instant } from '../../shared/clock.ts';
import { inParallel, putIfAbsent, queryAll, type Table, within } from '../../shared/dynamo.ts';
import { goesToHomes, HomeAccount, homeFor, Move, type PaidHome, paidHome } from './residence.ts';
import type { Run } from './run.ts';
import { keys } from './table.ts';

/** Keeps a move. Told again, it stays as it was first known: a run may have been planned by that. */
export const keepMove = (table: Table, move: Move): Promise<boolean> =>
  putIfAbsent(table, { ...move, ...keys.move(move.caseNo, move.number) });

/** Keeps an account of an institution. Told again, it stays as it was first known. */
export const keepHomeAccount = (table: Table, account: HomeAccount): Promise<boolean> =>
  putIfAbsent(table, { ...account, ...keys.homeAccount(account.creditCode, account.number) });

export const accountsOfHome = async (table: Table, creditCode: string): Promise<HomeAccount[]> =>
  (await Array.fromAsync(queryAll(table, within(keys.homeAccountsOf(creditCode))))).map((item) =>
    HomeAccount.parse(item),
  );

export const movesOfCase = async (table: Table, caseNo: string): Promise<Move[]> => {
  const { pk, prefix } = keys.movesOfCase(caseNo);
  return (await Array.fromAsync(queryAll(table, within(pk, prefix)))).map((item) => Move.parse(item));
};

/** The institution a case's money goes to; undefined where it goes to the person. */
export type HomeOf = (caseNo: string) => PaidHome | undefined;
type Paid = Pick<Run, 'programme' | 'month'>;
const nobodysHome: HomeOf = () => undefined;

const homesOf = async (
  table: Table,
  { month }: Paid,
  moves: ReadonlyMap<string, readonly Move[]>,
  asOf: Instant,
): Promise<HomeOf> => {
  const livedIn = new Map(
    [...moves].flatMap(([caseNo, own]) => {
      const creditCode = homeFor(own, month, asOf);
      return creditCode === undefined ? [] : [[caseNo, creditCode] as const];
    }),
  );
  const homes = new Map<string, PaidHome>();
  await inParallel([...new Set(livedIn.values())], 8, async (creditCode) => {
    homes.set(creditCode, paidHome(creditCode, await accountsOfHome(table, creditCode), asOf));
  });
  return (caseNo) => homes.get(livedIn.get(caseNo) ?? '');
};

/** Which institutions the cases of one bucket are paid to in a run, as known when the run froze its roster. */
export const homesInBucket = async (table: Table, run: Run, bucket: number): Promise<HomeOf> => {
  if (!goesToHomes(run.programme)) return nobodysHome;
  const items = await Array.fromAsync(queryAll(table, within(keys.movesInBucket(bucket))));
  const moves = items.map((item) => Move.parse(item));
  return homesOf(
    table,
    run,
    Map.groupBy(moves, ({ caseNo }) => caseNo),
    run.asOf,
  );
};

/** Which institutions some cases are paid to in a run, as known at a moment. */
export const homesOfCases = async (
  table: Table,
  run: Paid,
  caseNos: readonly string[],
  asOf: Instant,
): Promise<HomeOf> => {
  if (!goesToHomes(run.programme)) return nobodysHome;
  const moves = new Map<string, readonly Move[]>();
  await inParallel(caseNos, 8, async (caseNo) => {
    moves.set(caseNo, await movesOfCase(table, caseNo));
  });
  return homesOf(table, run, moves, asOf);
};
