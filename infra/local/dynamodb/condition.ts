import type { AttributeType, AttributeValue, Item } from './attribute-value.ts';
import { compareValues, equalValues, membersOf, typeOf } from './attribute-value.ts';
import type { Comparator, Condition, ConditionFunction, Operand } from './condition-grammar.ts';
import type { Scope } from './scope.ts';
import { boundPath, boundValue, valueAt } from './scope.ts';

const lengthOf = (value: AttributeValue): number | undefined => {
  if ('S' in value) return value.S.length;
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return membersOf(value)?.length;
};

const operandValue = (operand: Operand, item: Item, scope: Scope): AttributeValue | undefined => {
  if (operand.kind === 'value') return boundValue(operand.placeholder, scope);
  if (operand.kind === 'path') return valueAt(item, boundPath(operand.path, scope));
  const measured = operandValue(operand.of, item, scope);
  const length = measured && lengthOf(measured);
  return length === undefined ? undefined : { N: String(length) };
};

const ordered: Readonly<Record<'<' | '<=' | '>' | '>=', (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const compares = (
  operator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean => {
  // An attribute that is not there differs from everything and equals or precedes nothing.
  if (left === undefined || right === undefined) return operator === '<>';
  if (operator === '=') return equalValues(left, right);
  if (operator === '<>') return !equalValues(left, right);
  const order = compareValues(left, right);
  return order !== undefined && ordered[operator](order);
};

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

const beginsWith = (value: AttributeValue, prefix: AttributeValue): boolean => {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const start = bytes(prefix.B);
  return bytes(value.B).subarray(0, start.length).equals(start);
};

const contains = (value: AttributeValue, sought: AttributeValue): boolean => {
  if ('L' in value) return value.L.some((element) => equalValues(element, sought));
  if ('S' in sought) {
    if ('S' in value) return value.S.includes(sought.S);
    return 'SS' in value && value.SS.includes(sought.S);
  }
  if ('N' in sought) return 'NS' in value && value.NS.includes(sought.N);
  if (!('B' in sought)) return false;
  if ('B' in value) return bytes(value.B).includes(bytes(sought.B));
  return 'BS' in value && value.BS.includes(sought.B);
};

const calls = (
  name: ConditionFunction,
  first: AttributeValue | undefined,
  second: AttributeValue | undefined,
): boolean => {
  if (name === 'attribute_exists') return first !== undefined;
  if (name === 'attribute_not_exists') return first === undefined;
  if (first === undefined || second === undefined) return false;
  if (name === 'attribute_type') return 'S' in second && typeOf(first) === (second.S as AttributeType);
  return name === 'begins_with' ? beginsWith(first, second) : contains(first, second);
};

/** Whether the item meets the condition; an item that does not exist is the empty item. */
export const meets = (condition: Condition, item: Item, scope: Scope): boolean => {
  const valueOfOperand = (operand: Operand | undefined): AttributeValue | undefined =>
    operand && operandValue(operand, item, scope);
  switch (condition.kind) {
    case 'and':
      return meets(condition.left, item, scope) && meets(condition.right, item, scope);
    case 'or':
      return meets(condition.left, item, scope) || meets(condition.right, item, scope);
    case 'not':
      return !meets(condition.condition, item, scope);
    case 'compare':
      return compares(condition.operator, valueOfOperand(condition.left), valueOfOperand(condition.right));
    case 'between': {
      const value = valueOfOperand(condition.operand);
      return (
        compares('>=', value, valueOfOperand(condition.low)) &&
        compares('<=', value, valueOfOperand(condition.high))
      );
    }
    case 'in': {
      const value = valueOfOperand(condition.operand);
      return condition.candidates.some((candidate) => compares('=', value, valueOfOperand(candidate)));
    }
    case 'call':
      return calls(
        condition.name,
        valueOfOperand(condition.operands[0]),
        valueOfOperand(condition.operands[1]),
      );
  }
};
