import type { Parsed, Parser, Path } from './expression.ts';
import { acceptPlaceholder, cachedParser, readList, readPath } from './expression.ts';
import { invalidExpression } from './expression-lexer.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly placeholder: string }
  | { readonly kind: 'size'; readonly of: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type ConditionFunction =
  | 'attribute_exists'
  | 'attribute_not_exists'
  | 'attribute_type'
  | 'begins_with'
  | 'contains';

export type Condition =
  | {
      readonly kind: 'compare';
      readonly operator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly candidates: readonly Operand[] }
  | { readonly kind: 'call'; readonly name: ConditionFunction; readonly operands: readonly Operand[] }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition };

export type ParsedCondition = Parsed<Condition>;

const ARITY: Readonly<Record<ConditionFunction, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};
const IN_OPERANDS_MAX = 100;

const isCall = ({ tokens }: Parser): boolean => tokens.peek().kind === 'word' && tokens.peek(1).text === '(';

const wrongArity = (parser: Parser, name: string, count: number): Error =>
  invalidExpression(
    parser.tokens.kind,
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
  );

const misplaced = (parser: Parser, name: string): Error =>
  invalidExpression(
    parser.tokens.kind,
    `The function is not allowed to be used this way in an expression; function: ${name}`,
  );

const unknownFunction = (parser: Parser, name: string): Error =>
  invalidExpression(parser.tokens.kind, `Invalid function name; function: ${name}`);

const isConditionFunction = (name: string): name is ConditionFunction => Object.hasOwn(ARITY, name);

const readArguments = (parser: Parser): Operand[] => {
  parser.tokens.expect('(');
  const operands = readList(parser, readOperand);
  parser.tokens.expect(')');
  return operands;
};

const readSize = (parser: Parser): Operand => {
  const name = parser.tokens.next().text;
  if (isConditionFunction(name)) throw misplaced(parser, name);
  if (name !== 'size') throw unknownFunction(parser, name);
  const operands = readArguments(parser);
  const [of] = operands;
  if (of === undefined || operands.length > 1) throw wrongArity(parser, name, operands.length);
  if (of.kind !== 'path') throw misplaced(parser, name);
  return { kind: 'size', of };
};

/** operand := :value | size(path) | path */
const readOperand = (parser: Parser): Operand => {
  const placeholder = acceptPlaceholder(parser);
  if (placeholder !== undefined) return { kind: 'value', placeholder };
  if (isCall(parser)) return readSize(parser);
  return { kind: 'path', path: readPath(parser) };
};

const requirePath = (parser: Parser, name: string, operand: Operand | undefined): void => {
  if (operand?.kind !== 'path')
    throw invalidExpression(
      parser.tokens.kind,
      `Operator or function requires a document path; operator or function: ${name}`,
    );
};

const readCall = (parser: Parser): Condition => {
  const name = parser.tokens.next().text;
  if (!isConditionFunction(name)) throw unknownFunction(parser, name);
  const operands = readArguments(parser);
  if (operands.length !== ARITY[name]) throw wrongArity(parser, name, operands.length);
  if (name.startsWith('attribute_')) requirePath(parser, name, operands[0]);
  return { kind: 'call', name, operands };
};

const COMPARATORS: readonly Comparator[] = ['=', '<>', '<=', '>=', '<', '>'];

const sameOperand = (left: Operand, right: Operand): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

const requireDistinct = (
  parser: Parser,
  operator: string,
  left: Operand,
  others: readonly Operand[],
): void => {
  if (left.kind === 'path' && others.some((other) => sameOperand(left, other)))
    throw invalidExpression(
      parser.tokens.kind,
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: [${left.path.join(', ')}]`,
    );
};

/** operand comparator operand | operand BETWEEN operand AND operand | operand IN (operand, …) */
const readComparison = (parser: Parser): Condition => {
  const { tokens } = parser;
  const left = readOperand(parser);
  for (const operator of COMPARATORS) {
    if (!tokens.accept(operator)) continue;
    const right = readOperand(parser);
    requireDistinct(parser, operator, left, [right]);
    return { kind: 'compare', operator, left, right };
  }
  if (tokens.accept('BETWEEN')) {
    const low = readOperand(parser);
    tokens.expect('AND');
    const high = readOperand(parser);
    requireDistinct(parser, 'BETWEEN', left, [low, high]);
    return { kind: 'between', operand: left, low, high };
  }
  tokens.expect('IN');
  const candidates = readArguments(parser);
  if (candidates.length > IN_OPERANDS_MAX) throw wrongArity(parser, 'IN', candidates.length);
  requireDistinct(parser, 'IN', left, candidates);
  return { kind: 'in', operand: left, candidates };
};

/** Conditions that stand in parentheses already; DynamoDB refuses a second pair around the same condition. */
const grouped = new WeakSet<Condition>();

const readNot = (parser: Parser): Condition => {
  const { tokens } = parser;
  if (tokens.accept('NOT')) return { kind: 'not', condition: readNot(parser) };
  if (tokens.accept('(')) {
    const condition = readOr(parser);
    tokens.expect(')');
    if (grouped.has(condition))
      throw invalidExpression(tokens.kind, 'The expression has redundant parentheses;');
    grouped.add(condition);
    return condition;
  }
  return isCall(parser) && tokens.peek().text !== 'size' ? readCall(parser) : readComparison(parser);
};

const readAnd = (parser: Parser): Condition => {
  let left = readNot(parser);
  while (parser.tokens.accept('AND')) left = { kind: 'and', left, right: readNot(parser) };
  return left;
};

const readOr = (parser: Parser): Condition => {
  let left = readAnd(parser);
  while (parser.tokens.accept('OR')) left = { kind: 'or', left, right: readAnd(parser) };
  return left;
};

/** Parses a Condition-, Filter- or KeyConditionExpression; they share one grammar. */
export const parseCondition = cachedParser(readOr);
