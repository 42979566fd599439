import { HomeAccountApproved, HomeAccountRejected } from '../../events/institutions.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { environment } from '../../shared/environment.ts';
import { happened } from '../../shared/event.ts';
import { type Handover, openHandover } from '../../shared/handover.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { type Home, homeSubject } from './home.ts';
import { accountInForce, type HomeAccount, withDecision } from './home-account.ts';
import { decideHomeAccount } from './home-account-routes.ts';
import { findHomeAccount, writeHomeAccount } from './home-account-store.ts';
import { findHome } from './home-store.ts';
import { viewHomeAccount } from './institution-view.ts';

/** Tells payments the account, beside the event that must not; answers where it lies. */
const handOver = async (
  handover: Pick<Handover, 'give'>,
  { creditCode, name }: Home,
  next: HomeAccount,
  seals: Seals,
): Promise<string> => {
  const approved = accountInForce(next);
  if (!approved) throw new Error('No account was approved.');
  const { number, accountName, bank } = approved;
  const key = `institutions/${creditCode}/account-${number}`;
  const account = seals.open(homeSubject(creditCode), 'account', approved.account);
  await handover.give(key, {
    [creditCode]: { name, identityNumber: creditCode, account, accountName, bank },
  });
  return key;
};

/** A second officer decides where the money of residents goes. Lost races leave an object that nobody announced, which expires. */
export const decideHomeAccountHandler = (
  deps: HttpDeps,
  seals: () => Promise<Seals>,
  handover: Pick<Handover, 'give'>,
) =>
  handle(decideHomeAccount, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { creditCode, number } = params;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const existing = await findHomeAccount(table, creditCode);
    if (!existing) return refuse('ACCOUNT_CHANGE_NOT_FOUND');
    const rejects = body.decision === 'reject';
    const decision = { by: officer.id, at: now, reason: rejects ? body.reason : undefined };
    const next = withDecision(existing, number, rejects ? 'rejected' : 'approved', decision);
    if (typeof next === 'string') return refuse(next);

    const open = await seals();
    const { proposedBy = '' } = next.changes[number - 1] ?? {};
    const data = { creditCode, areaCode: home.areaCode, number, proposedBy };
    const fact = { subject: homeSubject(creditCode), at: now, correlationId };
    const decided = rejects
      ? happened(HomeAccountRejected, {
          ...fact,
          which: `account-${number}`,
          data: { ...data, rejectedBy: officer.id },
        })
      : happened(HomeAccountApproved, {
          ...fact,
          which: `account-${number}`,
          data: { ...data, approvedBy: officer.id, handover: await handOver(handover, home, next, open) },
        });
    const answer = reply(200, viewHomeAccount(creditCode, next, open));
    const outcome = await transact(table, [
      writeHomeAccount(table, next),
      announce(table, decided),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => {
  const { HANDOVER_BUCKET_NAME } = environment('HANDOVER_BUCKET_NAME');
  const handover = openHandover(HANDOVER_BUCKET_NAME, process.env);
  return decideHomeAccountHandler(httpDeps(), sealsFromEnvironment(), handover);
});
