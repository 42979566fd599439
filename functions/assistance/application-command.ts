import { dateAt } from '../../shared/clock.ts';
import { type Table, transact, type Write } from '../../shared/dynamo.ts';
import type { Call } from '../../shared/http.ts';
import { log } from '../../shared/log.ts';
import { maySee, type Officer } from '../../shared/role.ts';
import { type Refused, type Route, refuse } from '../../shared/route.ts';
import type { Application } from './application.ts';
import { findApplication, stepWrites } from './application-store.ts';

/** What all commands on an application have in common. */

type NotFound = Refused<'APPLICATION_NOT_FOUND'> | Refused<'OUTSIDE_AREA'>;

/** The application an officer works on, or a citizen's own; another's does not exist for a citizen. */
export const applicationFor = async (
  table: Table,
  officer: Officer,
  applicationNo: string,
): Promise<Application | NotFound> => {
  const application = await findApplication(table, applicationNo);
  if (!application) return refuse('APPLICATION_NOT_FOUND');
  if (officer.role === 'citizen')
    return application.citizenId === officer.id ? application : refuse('APPLICATION_NOT_FOUND');
  return maySee(officer, application.areaCode) ? application : refuse('OUTSIDE_AREA');
};

/** A deadline of a year whose holidays are not announced is reckoned by weekdays, and somebody should know. */
export const logUncertain = ({ applicationNo, due }: Application): void => {
  if (due && !due.certain) log('WORKING_DAY_UNKNOWN', { applicationNo, step: due.step, date: due.date });
};

type Commanded = Pick<Call<Route>, 'now' | 'correlationId' | 'remember'>;

/**
 * Takes an application one step further, together with what belongs to the step, in one transaction that also keeps the answer
 * for a repeated request. Who loses the race for the application's version is to read it again.
 */
export const advance = async <A extends { readonly status: number; readonly body: unknown }>(
  table: Table,
  step: {
    readonly read: Application;
    readonly next: Application;
    readonly answer: A;
    readonly further?: readonly Write[];
  },
  call: Commanded,
): Promise<A | Refused<'CHANGED_MEANWHILE'>> => {
  const { read, next, answer, further = [] } = step;
  const outcome = await transact(table, [
    ...stepWrites(table, next, read, call),
    ...further,
    ...call.remember(answer),
  ]);
  if (!outcome.committed) return refuse('CHANGED_MEANWHILE');
  if (next.due !== read.due) logUncertain(next);
  return answer;
};

const MARK_ATTEMPTS = 5;

/**
 * A command that only adds a mark. What somebody else did at the same moment, the registers' answer above all, does not bear
 * on it, so it is done again on what the application has become. Steps that judge the application are not.
 */
export const marking =
  <C, A extends object>(command: (call: C) => Promise<A>) =>
  async (call: C): Promise<A> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await command(call);
      const lost = 'refused' in answer && answer.refused === 'CHANGED_MEANWHILE';
      if (!lost || attempt >= MARK_ATTEMPTS) return answer;
    }
  };

export const todayOf = ({ now }: Pick<Call<Route>, 'now'>): string => dateAt(now);
