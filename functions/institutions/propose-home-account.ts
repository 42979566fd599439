import { HomeAccountProposed } from '../../events/institutions.ts';
import { composed } from '../../shared/composed.ts';
import { transact } from '../../shared/dynamo.ts';
import { happened } from '../../shared/event.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { announce } from '../../shared/outbox.ts';
import { maySee } from '../../shared/role.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { homeSubject } from './home.ts';
import { type AccountChange, accountInForce, withProposal } from './home-account.ts';
import { proposeHomeAccount } from './home-account-routes.ts';
import { findHomeAccount, writeHomeAccount } from './home-account-store.ts';
import { findHome } from './home-store.ts';
import { viewHomeAccount } from './institution-view.ts';

type Written = Pick<AccountChange, 'accountName' | 'bank'> & { readonly account: string };

const isAsInForce = (inForce: AccountChange | undefined, written: Written, owner: string, seals: Seals) =>
  inForce !== undefined &&
  inForce.accountName === written.accountName &&
  inForce.bank === written.bank &&
  seals.open(owner, 'account', inForce.account) === written.account;

/** Prepares another account for an institution; nothing is paid there before a second officer agrees. */
export const proposeHomeAccountHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(proposeHomeAccount, deps, async ({ params, body, officer, now, correlationId, remember }) => {
    const { table } = deps;
    const { creditCode } = params;
    const home = await findHome(table, creditCode);
    if (!home) return refuse('HOME_NOT_FOUND');
    if (!maySee(officer, home.areaCode)) return refuse('OUTSIDE_AREA');
    const existing = await findHomeAccount(table, creditCode);
    const open = await seals();
    const owner = homeSubject(creditCode);
    const { account, bank, proof, accountName = home.name } = body;
    if (isAsInForce(existing && accountInForce(existing), { account, accountName, bank }, owner, open))
      return refuse('ACCOUNT_UNCHANGED');
    const next = withProposal(existing, creditCode, {
      account: open.seal(owner, 'account', account),
      accountName,
      bank,
      proof,
      proposedBy: officer.id,
      proposedAt: now,
    });
    if (typeof next === 'string') return refuse(next);

    const { areaCode } = home;
    const number = next.changes.length;
    const data = { creditCode, areaCode, number, proposedBy: officer.id };
    const fact = { subject: owner, which: `account-${number}`, at: now, correlationId, data };
    const answer = reply(201, viewHomeAccount(creditCode, next, open));
    const outcome = await transact(table, [
      writeHomeAccount(table, next),
      announce(table, happened(HomeAccountProposed, fact)),
      ...remember(answer),
    ]);
    return outcome.committed ? answer : refuse('CHANGED_MEANWHILE');
  });

export const handler = composed(() => proposeHomeAccountHandler(httpDeps(), sealsFromEnvironment()));
