import { rosterText } from '../demo/case.ts';
import { DIBAO_HOUSEHOLDS, demoDistrict } from '../demo/district.ts';
import { deliverRoster } from '../month/delivery.ts';
import type { Office } from '../month/office.ts';
import type { Progress } from '../month/progress.ts';
import type { Month } from '../shared/month.ts';
import { YearBroken } from './checks.ts';

/** Children and child directors: other departments decide on them and hand in rosters, which payments take as they are. */

type Bringing = {
  readonly office: Office;
  readonly seed: number;
  readonly households: number;
  readonly progress: Progress;
};

/** Tells the roster of a month, children and directors in proportion to the register; nobody on it is on the register too. */
const rosterFor = ({ seed, households }: Bringing): ((month: Month) => string) => {
  const district = demoDistrict(seed, households);
  const registered = new Set(
    district.households.flatMap(({ members }) => members.map(({ person }) => person.identityNumber)),
  );
  const others = district.elsewhere.filter(({ person }) => !registered.has(person.identityNumber));
  const cases = [...Map.groupBy(others, ({ programme }) => programme).values()].flatMap((all) =>
    all.slice(0, Math.ceil((all.length * households) / DIBAO_HOUSEHOLDS)),
  );
  return (month) => rosterText(cases, month);
};

/**
 * Hands in the roster of each month it is called for, in the order of the months, if it says something else than the one before:
 * amounts follow the published standards.
 */
export const rostersInto = (bringing: Bringing): ((month: Month) => Promise<void>) => {
  const { office, progress } = bringing;
  const textOf = rosterFor(bringing);
  let last = '';
  return async (month) => {
    const text = textOf(month);
    if (text === last) return;
    last = text;
    const file = { fileName: `孤困儿童和儿童主任-${month}.csv`, bytes: new TextEncoder().encode(text) };
    const { state, refused } = await deliverRoster(office, file, progress);
    if (state !== 'imported' || refused > 0) throw new YearBroken(`花名册导入不完整:拒收 ${refused} 行。`);
  };
};
