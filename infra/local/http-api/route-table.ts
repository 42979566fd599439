/** Which route of an HTTP API a request takes. */
export type RouteEntry<T> = { readonly routeKey: string; readonly route: T };
export type RouteMatch<T> = {
  readonly routeKey: string;
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>>;
};

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'rest'; readonly name: string };

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const parseSegment = (text: string): Segment => {
  const variable = /^\{([^}+]+)(\+?)\}$/.exec(text);
  if (!variable?.[1]) return { kind: 'literal', text };
  return { kind: variable[2] ? 'rest' : 'variable', name: variable[1] };
};

/** Percent signs that encode nothing are left as they are. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
};

const matchSegments = (
  pattern: readonly Segment[],
  path: readonly string[],
): Readonly<Record<string, string>> | undefined => {
  const found: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const given = path[index];
    if (given === undefined) return undefined;
    if (segment.kind === 'rest') {
      found[segment.name] = decoded(path.slice(index).join('/'));
      return found;
    }
    if (segment.kind === 'literal' && segment.text !== given) return undefined;
    if (segment.kind === 'variable') {
      // An empty part of a path fills no variable.
      if (given === '') return undefined;
      found[segment.name] = decoded(given);
    }
  }
  return pattern.length === path.length ? found : undefined;
};

/** Compares routes segment by segment: a literal beats a variable, which beats the rest of the path; last, `ANY` loses. */
const rank = (method: string, segments: readonly Segment[]): string =>
  segments.map(({ kind }) => ({ literal: 'a', variable: 'b', rest: 'c' })[kind]).join('') +
  (method === 'ANY' ? 'y' : 'x');

/** Builds the look-up over all routes: the most specific match wins, `$default` takes the rest, else there is none. */
export const routeTable = <T>(
  entries: readonly RouteEntry<T>[],
): ((method: string, path: string) => RouteMatch<T> | undefined) => {
  const routes = entries
    .filter(({ routeKey }) => routeKey !== '$default')
    .map(({ routeKey, route }) => {
      const [method = '', path = ''] = routeKey.split(' ');
      const segments = segmentsOf(path).map(parseSegment);
      return { routeKey, route, method, segments, rank: rank(method, segments) };
    })
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const fallback = entries.find(({ routeKey }) => routeKey === '$default');
  return (method, path) => {
    const parts = segmentsOf(path);
    for (const { routeKey, route, method: wanted, segments } of routes) {
      if (wanted !== method && wanted !== 'ANY') continue;
      const pathParameters = matchSegments(segments, parts);
      if (pathParameters) return { routeKey, route, pathParameters };
    }
    return fallback && { ...fallback, pathParameters: {} };
  };
};
