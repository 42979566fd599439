import type { AttributeValue, Item } from './attribute-value.ts';
import { attributeOf } from './attribute-value.ts';
import type { Parsed, Path } from './expression.ts';
import { cachedParser, readList, readPath } from './expression.ts';
import { refuseOverlaps } from './path-overlap.ts';
import type { Scope } from './scope.ts';
import { boundPath, valueAt } from './scope.ts';

export type ParsedProjection = Parsed<readonly Path[]>;

/** The part of an item an answer shows. */
export type Projection = (item: Item) => Item;

/** Parses a ProjectionExpression: path (',' path)* */
export const parseProjection = cachedParser((parser): readonly Path[] => readList(parser, readPath));

type Branch = { readonly path: Path; readonly value: AttributeValue };

/** Rebuilds the values found, keeping their place in maps; list elements close ranks in their order. */
const graft = (branches: readonly Branch[], depth: number): AttributeValue => {
  const [first] = branches;
  if (first === undefined) throw new Error('A projection has no empty branches.');
  if (first.path.length === depth) return first.value;
  const groups = new Map<string | number, Branch[]>();
  for (const branch of branches) {
    const step = branch.path[depth] ?? '';
    const group = groups.get(step);
    if (group === undefined) groups.set(step, [branch]);
    else group.push(branch);
  }
  if (typeof first.path[depth] === 'number') {
    const indexes = [...groups.keys()].sort((a, b) => Number(a) - Number(b));
    return { L: indexes.map((index) => graft(groups.get(index) ?? [], depth + 1)) };
  }
  return { M: Object.fromEntries([...groups].map(([name, group]) => [name, graft(group, depth + 1)])) };
};

const pickNames =
  (names: readonly string[]): Projection =>
  (item) => {
    const picked: Record<string, AttributeValue> = {};
    for (const name of names) {
      const value = attributeOf(item, name);
      if (value !== undefined) picked[name] = value;
    }
    return picked;
  };

/** The part of the item under the given bound paths. */
export const projectPaths = (item: Item, paths: readonly Path[]): Item => {
  const branches = paths.flatMap((path) => {
    const value = valueAt(item, path);
    return value === undefined ? [] : [{ path, value }];
  });
  if (branches.length === 0) return {};
  const grafted = graft(branches, 0);
  return 'M' in grafted ? grafted.M : {};
};

/** Binds a parsed projection; refuses overlapping paths. */
export const bindProjection = (parsed: ParsedProjection, scope: Scope): Projection => {
  const paths = parsed.tree.map((path) => boundPath(path, scope));
  refuseOverlaps(parsed.kind, paths);
  const names = paths.flatMap(([step]) => (typeof step === 'string' ? [step] : []));
  return paths.every((path) => path.length === 1) ? pickNames(names) : (item) => projectPaths(item, paths);
};
