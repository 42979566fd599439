import type { Parsed, Parser, Path } from './expression.ts';
import { acceptPlaceholder, cachedParser, readList, readPath } from './expression.ts';
import { invalidExpression } from './expression-lexer.ts';

export type UpdateOperand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly placeholder: string }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: UpdateOperand }
  | { readonly kind: 'list_append'; readonly head: UpdateOperand; readonly tail: UpdateOperand }
  | { readonly kind: '+' | '-'; readonly left: UpdateOperand; readonly right: UpdateOperand };

export type UpdateAction =
  | { readonly kind: 'SET'; readonly path: Path; readonly operand: UpdateOperand }
  | { readonly kind: 'REMOVE'; readonly path: Path }
  | { readonly kind: 'ADD' | 'DELETE'; readonly path: Path; readonly placeholder: string };

export type ParsedUpdate = Parsed<readonly UpdateAction[]>;

const readFunction = (parser: Parser): UpdateOperand => {
  const { tokens } = parser;
  const name = tokens.next().text;
  if (name !== 'if_not_exists' && name !== 'list_append')
    throw invalidExpression(tokens.kind, `Invalid function name; function: ${name}`);
  tokens.expect('(');
  const operands = readList(parser, readOperand);
  tokens.expect(')');
  const [first, second] = operands;
  if (first === undefined || second === undefined || operands.length > 2)
    throw invalidExpression(
      tokens.kind,
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  if (name === 'list_append') return { kind: 'list_append', head: first, tail: second };
  if (first.kind !== 'path')
    throw invalidExpression(
      tokens.kind,
      'Operator or function requires a document path; operator or function: if_not_exists',
    );
  return { kind: 'if_not_exists', path: first.path, otherwise: second };
};

/** operand := :value | if_not_exists(path, operand) | list_append(operand, operand) | path | '(' sum ')' */
const readOperand = (parser: Parser): UpdateOperand => {
  const { tokens } = parser;
  const placeholder = acceptPlaceholder(parser);
  if (placeholder !== undefined) return { kind: 'value', placeholder };
  if (tokens.accept('(')) {
    const operand = readSum(parser);
    tokens.expect(')');
    return operand;
  }
  if (tokens.peek().kind === 'word' && tokens.peek(1).text === '(') return readFunction(parser);
  return { kind: 'path', path: readPath(parser) };
};

/** sum := operand (('+' | '-') operand)? — DynamoDB takes one operator, not a chain. */
const readSum = (parser: Parser): UpdateOperand => {
  const left = readOperand(parser);
  if (parser.tokens.accept('+')) return { kind: '+', left, right: readOperand(parser) };
  if (parser.tokens.accept('-')) return { kind: '-', left, right: readOperand(parser) };
  return left;
};

const readSet = (parser: Parser): UpdateAction => {
  const path = readPath(parser);
  parser.tokens.expect('=');
  return { kind: 'SET', path, operand: readSum(parser) };
};

const readRemove = (parser: Parser): UpdateAction => ({ kind: 'REMOVE', path: readPath(parser) });

const readAmount =
  (kind: 'ADD' | 'DELETE') =>
  (parser: Parser): UpdateAction => {
    const path = readPath(parser);
    const placeholder = acceptPlaceholder(parser);
    if (placeholder === undefined) throw parser.tokens.fail();
    return { kind, path, placeholder };
  };

const SECTIONS: Readonly<Record<string, (parser: Parser) => UpdateAction>> = {
  SET: readSet,
  REMOVE: readRemove,
  ADD: readAmount('ADD'),
  DELETE: readAmount('DELETE'),
};

const readUpdate = (parser: Parser): readonly UpdateAction[] => {
  const { tokens } = parser;
  const actions: UpdateAction[] = [];
  const seen = new Set<string>();
  do {
    const section = tokens.peek().text.toUpperCase();
    const rule = Object.hasOwn(SECTIONS, section) ? SECTIONS[section] : undefined;
    if (rule === undefined) throw tokens.fail();
    if (seen.has(section))
      throw invalidExpression(
        tokens.kind,
        `The "${section}" section can only be used once in an update expression;`,
      );
    seen.add(section);
    tokens.next();
    actions.push(...readList(parser, rule));
  } while (tokens.peek().kind !== 'end');
  return actions;
};

/** Parses an UpdateExpression into its actions, in the order written. */
export const parseUpdate = cachedParser(readUpdate);
