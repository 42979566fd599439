import type { Path } from './expression.ts';
import { pathText } from './expression.ts';
import type { ExpressionKind } from './expression-lexer.ts';
import { invalidExpression } from './expression-lexer.ts';

const clash = (one: Path, two: Path): 'overlap' | 'conflict' | undefined => {
  const length = Math.min(one.length, two.length);
  for (let index = 0; index < length; index++) {
    const a = one[index];
    const b = two[index];
    if (typeof a !== typeof b) return 'conflict';
    if (a !== b) return undefined;
  }
  return 'overlap';
};

const refuse = (kind: ExpressionKind, one: Path, two: Path): void => {
  const found = clash(one, two);
  if (found === undefined) return;
  throw invalidExpression(
    kind,
    `Two document paths ${found} with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(two)}`,
  );
};

/** Refuses two paths of which one is, contains or contradicts the other. */
export const refuseOverlaps = (kind: ExpressionKind, paths: readonly Path[]): void => {
  for (const [index, one] of paths.entries())
    for (const two of paths.slice(index + 1)) refuse(kind, one, two);
};
