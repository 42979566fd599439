import type { AttributeType, AttributeValue, Item, SetValue } from './attribute-value.ts';
import { attributeOf, membersOf, setOfType, typeOf } from './attribute-value.ts';
import type { Path } from './expression.ts';
import { invalidExpression } from './expression-lexer.ts';
import { addNumbers, negateNumber } from './number.ts';
import { refuseOverlaps } from './path-overlap.ts';
import { invalidParameter, validation } from './refusal.ts';
import type { Scope } from './scope.ts';
import { boundPath, boundValue, valueAt } from './scope.ts';
import type { ParsedUpdate, UpdateAction, UpdateOperand } from './update-grammar.ts';

/** What a bound update does: the new item out of the old, and the paths it names (for UPDATED_OLD and UPDATED_NEW). */
export type Update = { readonly paths: readonly Path[]; readonly apply: (item: Item) => Item };

const KIND = 'UpdateExpression';

const wrongType = (): Error => validation('An operand in the update expression has an incorrect data type');
const wrongPath = (): Error =>
  validation('The document path provided in the update expression is invalid for update');
const missing = (): Error =>
  validation('The provided expression refers to an attribute that does not exist in the item');

const evaluate = (operand: UpdateOperand, item: Item, scope: Scope): AttributeValue => {
  switch (operand.kind) {
    case 'value':
      return boundValue(operand.placeholder, scope);
    case 'path': {
      const value = valueAt(item, boundPath(operand.path, scope));
      if (value === undefined) throw missing();
      return value;
    }
    case 'if_not_exists':
      return valueAt(item, boundPath(operand.path, scope)) ?? evaluate(operand.otherwise, item, scope);
    case 'list_append': {
      const head = evaluate(operand.head, item, scope);
      const tail = evaluate(operand.tail, item, scope);
      if (!('L' in head && 'L' in tail)) throw wrongType();
      return { L: [...head.L, ...tail.L] };
    }
    default: {
      const left = evaluate(operand.left, item, scope);
      const right = evaluate(operand.right, item, scope);
      if (!('N' in left && 'N' in right)) throw wrongType();
      return { N: addNumbers(left.N, operand.kind === '+' ? right.N : negateNumber(right.N)) };
    }
  }
};

/** A copy of `container` in which `change` was applied to what stands at the end of the path. */
const changeAt = (
  container: AttributeValue,
  path: Path,
  change: (value: AttributeValue | undefined) => AttributeValue | undefined,
): AttributeValue => {
  const [step, ...rest] = path;
  const changed = (child: AttributeValue | undefined): AttributeValue | undefined => {
    if (rest.length === 0) return change(child);
    if (child === undefined) throw wrongPath();
    return changeAt(child, rest, change);
  };
  if (typeof step === 'string' && 'M' in container) {
    const value = changed(attributeOf(container.M, step));
    const { [step]: _, ...others } = container.M;
    return { M: value === undefined ? others : { ...container.M, [step]: value } };
  }
  if (typeof step === 'number' && 'L' in container) {
    const value = changed(container.L[step]);
    // A list has no holes: an index beyond the end appends, and removing beyond the end changes nothing.
    if (value !== undefined && step >= container.L.length) return { L: [...container.L, value] };
    return { L: value === undefined ? container.L.toSpliced(step, 1) : container.L.with(step, value) };
  }
  throw wrongPath();
};

const asSet = (
  value: AttributeValue,
): { type: 'SS' | 'NS' | 'BS'; members: readonly string[] } | undefined => {
  const members = membersOf(value);
  const type = typeOf(value);
  return members && (type === 'SS' || type === 'NS' || type === 'BS') ? { type, members } : undefined;
};

const addTo = (value: AttributeValue | undefined, amount: AttributeValue): AttributeValue => {
  if (value === undefined) return amount;
  if ('N' in amount && 'N' in value) return { N: addNumbers(value.N, amount.N) };
  const set = asSet(value);
  const added = asSet(amount);
  if (set === undefined || added?.type !== set.type) throw wrongType();
  return setOfType(set.type, [...new Set([...set.members, ...added.members])]);
};

const deleteFrom = (value: AttributeValue | undefined, amount: AttributeValue): SetValue | undefined => {
  if (value === undefined) return undefined;
  const set = asSet(value);
  const gone = asSet(amount);
  if (set === undefined || gone?.type !== set.type) throw wrongType();
  const members = set.members.filter((member) => !gone.members.includes(member));
  return members.length === 0 ? undefined : setOfType(set.type, members);
};

type BoundAction = { readonly action: UpdateAction; readonly path: Path };

/** Every operand reads the old item. Removing from a list moves what stands behind, so removals go last, deepest path and highest index first. */
const applyAll = (actions: readonly BoundAction[], item: Item, scope: Scope): Item => {
  let result: AttributeValue = { M: item };
  for (const { action, path } of actions) {
    if (action.kind === 'REMOVE') continue;
    const operand: AttributeValue =
      action.kind === 'SET' ? evaluate(action.operand, item, scope) : boundValue(action.placeholder, scope);
    result = changeAt(result, path, (value) => {
      if (action.kind === 'SET') return operand;
      return action.kind === 'ADD' ? addTo(value, operand) : deleteFrom(value, operand);
    });
  }
  for (const { path } of removals(actions)) result = changeAt(result, path, () => undefined);
  return 'M' in result ? result.M : item;
};

const lastIndex = (path: Path): number => {
  const step = path.at(-1);
  return typeof step === 'number' ? step : -1;
};

const removals = (actions: readonly BoundAction[]): readonly BoundAction[] =>
  actions
    .filter(({ action }) => action.kind === 'REMOVE')
    .sort((a, b) => b.path.length - a.path.length || lastIndex(b.path) - lastIndex(a.path));

const checkOperand = (operand: UpdateOperand, scope: Scope): void => {
  const require = (name: string, type: AttributeType, part: UpdateOperand): void => {
    checkOperand(part, scope);
    const found = part.kind === 'value' ? typeOf(boundValue(part.placeholder, scope)) : type;
    if (found !== type)
      throw invalidExpression(
        KIND,
        `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${found}`,
      );
  };
  if (operand.kind === '+' || operand.kind === '-') {
    require(operand.kind, 'N', operand.left);
    require(operand.kind, 'N', operand.right);
  } else if (operand.kind === 'list_append') {
    require('list_append', 'L', operand.head);
    require('list_append', 'L', operand.tail);
  } else if (operand.kind === 'if_not_exists') checkOperand(operand.otherwise, scope);
};

const TYPE_NAMES: Readonly<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  M: 'MAP',
  L: 'LIST',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
};

const checkAction = (action: UpdateAction, scope: Scope): void => {
  if (action.kind === 'SET') checkOperand(action.operand, scope);
  if (action.kind !== 'ADD' && action.kind !== 'DELETE') return;
  const value = boundValue(action.placeholder, scope);
  if (asSet(value) !== undefined || (action.kind === 'ADD' && 'N' in value)) return;
  throw invalidExpression(
    KIND,
    `Incorrect operand type for operator or function; operator: ${action.kind}, operand type: ${TYPE_NAMES[typeOf(value)]}, typeSet: ALLOWED_FOR_${action.kind}_OPERAND`,
  );
};

/** Binds a parsed update; refuses overlapping paths, operands that can never fit, and changes to key attributes. */
export const bindUpdate = (parsed: ParsedUpdate, scope: Scope, keyNames: readonly string[]): Update => {
  const actions = parsed.tree.map((action) => ({ action, path: boundPath(action.path, scope) }));
  const paths = actions.map(({ path }) => path);
  for (const action of parsed.tree) checkAction(action, scope);
  refuseOverlaps(KIND, paths);
  for (const [name] of paths)
    if (typeof name === 'string' && keyNames.includes(name))
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
  return { paths, apply: (item) => applyAll(actions, item, scope) };
};
