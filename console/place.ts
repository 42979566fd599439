import { useEffect, useState } from 'react';
import type { OperationId } from './operations.ts';

/** Where one is in the page. It stands in the address, so that it can be kept, sent and gone back to. */

export type Desk = 'overview' | 'runs' | 'cases' | 'due' | 'board' | 'reports';
export type Place = { readonly desk: Desk; readonly id?: string | undefined };

/** What each desk reads first: who may not, has no use for the desk. */
export const readOf = {
  overview: 'listFigures',
  runs: 'listRuns',
  cases: 'listCases',
  due: 'listDue',
  board: 'listPublicities',
  reports: 'listReports',
} as const satisfies Readonly<Record<Desk, OperationId>>;

const desks: readonly Desk[] = ['overview', 'runs', 'cases', 'due', 'board', 'reports'];

const placeOf = (hash: string): Place => {
  const [desk = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  const id = rest.length > 0 ? decodeURIComponent(rest.join('/')) : undefined;
  return { desk: desks.find((each) => each === desk) ?? 'overview', id };
};

export const hashOf = ({ desk, id }: Place): string =>
  `#/${desk}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

export const go = (place: Place): void => {
  window.location.hash = hashOf(place);
};

export const usePlace = (): Place => {
  const [place, setPlace] = useState(() => placeOf(window.location.hash));
  useEffect(() => {
    const moved = (): void => setPlace(placeOf(window.location.hash));
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  return place;
};
