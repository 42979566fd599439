import type { AttributeType, AttributeValue } from './attribute-value.ts';
import { compareValues, typeOf } from './attribute-value.ts';
import type { Condition, Operand, ParsedCondition } from './condition-grammar.ts';
import type { Path } from './expression.ts';
import type { ExpressionKind } from './expression-lexer.ts';
import { invalidExpression } from './expression-lexer.ts';
import type { Scope } from './scope.ts';
import { boundPath, boundValue } from './scope.ts';

const ORDERED: readonly AttributeType[] = ['S', 'N', 'B'];
const PREFIXES: readonly AttributeType[] = ['S', 'B'];
const TYPES: readonly string[] = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];

type Check = { readonly kind: ExpressionKind; readonly scope: Scope };

const literal = (operand: Operand | undefined, scope: Scope): AttributeValue | undefined =>
  operand?.kind === 'value' ? boundValue(operand.placeholder, scope) : undefined;

const requireTypes = (
  { kind, scope }: Check,
  name: string,
  operands: readonly (Operand | undefined)[],
  allowed: readonly AttributeType[],
): void => {
  for (const operand of operands) {
    const value = literal(operand, scope);
    if (value !== undefined && !allowed.includes(typeOf(value)))
      throw invalidExpression(
        kind,
        `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${typeOf(value)}`,
      );
  }
};

const shown = (value: AttributeValue): string =>
  `AttributeValue: {${Object.entries(value)
    .map(([type, content]) => `${type}:${content}`)
    .join()}}`;

const checkBounds = (
  check: Check,
  low: AttributeValue | undefined,
  high: AttributeValue | undefined,
): void => {
  if (low === undefined || high === undefined) return;
  const order = compareValues(low, high);
  if (order === undefined)
    throw invalidExpression(
      check.kind,
      `The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: ${shown(low)}, upper bound operand: ${shown(high)}`,
    );
  if (order > 0)
    throw invalidExpression(
      check.kind,
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: ${shown(low)}, upper bound operand: ${shown(high)}`,
    );
};

const checkTypeName = (check: Check, operand: Operand | undefined): void => {
  requireTypes(check, 'attribute_type', [operand], ['S']);
  const name = literal(operand, check.scope);
  if (name !== undefined && 'S' in name && !TYPES.includes(name.S))
    throw invalidExpression(
      check.kind,
      `Invalid attribute type name found; type: ${name.S}, valid types: {${TYPES.join(',')}}`,
    );
};

const checkNode = (condition: Condition, check: Check): void => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      checkNode(condition.left, check);
      checkNode(condition.right, check);
      break;
    case 'not':
      checkNode(condition.condition, check);
      break;
    case 'compare':
      if (condition.operator !== '=' && condition.operator !== '<>')
        requireTypes(check, condition.operator, [condition.left, condition.right], ORDERED);
      break;
    case 'between':
      requireTypes(check, 'BETWEEN', [condition.operand, condition.low, condition.high], ORDERED);
      checkBounds(check, literal(condition.low, check.scope), literal(condition.high, check.scope));
      break;
    case 'call':
      if (condition.name === 'begins_with') requireTypes(check, 'begins_with', condition.operands, PREFIXES);
      if (condition.name === 'attribute_type') checkTypeName(check, condition.operands[1]);
      break;
    case 'in':
  }
};

/** Refuses values whose type can never work where they stand, whether or not an item is there to compare with. */
export const checkCondition = ({ tree, kind }: ParsedCondition, scope: Scope): void =>
  checkNode(tree, { kind, scope });

const operandsOf = (condition: Condition): readonly Operand[] => {
  switch (condition.kind) {
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.operand, condition.low, condition.high];
    case 'in':
      return [condition.operand, ...condition.candidates];
    case 'call':
      return condition.operands;
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.condition);
  }
};

/** Every document path the condition looks at, bound. */
export const pathsOf = (condition: Condition, scope: Scope): readonly Path[] =>
  operandsOf(condition).flatMap((operand) => {
    const target = operand.kind === 'size' ? operand.of : operand;
    return target.kind === 'path' ? [boundPath(target.path, scope)] : [];
  });
