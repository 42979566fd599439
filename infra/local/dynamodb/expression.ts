import type { ExpressionKind, TokenReader } from './expression-lexer.ts';
import { invalidExpression, readTokens } from './expression-lexer.ts';
import { isReservedWord } from './reserved-words.ts';

/** A document path as written: names, `#aliases` (a bare name never starts with #) and list indexes. */
export type Path = readonly (string | number)[];

/** A parsed expression and the placeholders it uses, for the check that none is missing and none left over. */
export type Parsed<Tree> = {
  readonly kind: ExpressionKind;
  readonly tree: Tree;
  readonly aliases: readonly string[];
  readonly placeholders: readonly string[];
};

/** What a grammar rule reads from: the tokens, and a record of the placeholders met on the way. */
export type Parser = {
  readonly tokens: TokenReader;
  readonly aliases: Set<string>;
  readonly placeholders: Set<string>;
};

const CACHED_MAX = 1_000;
const LENGTH_MAX = 4_096;

const readName = ({ tokens, aliases }: Parser): string => {
  const token = tokens.peek();
  if (token.kind === 'alias') {
    aliases.add(token.text);
    return tokens.next().text;
  }
  if (token.kind !== 'word') throw tokens.fail();
  if (isReservedWord(token.text))
    throw invalidExpression(
      tokens.kind,
      `Attribute name is a reserved keyword; reserved keyword: ${token.text}`,
    );
  return tokens.next().text;
};

/** path := name ('.' name | '[' integer ']')* */
export const readPath = (parser: Parser): Path => {
  const { tokens } = parser;
  const path: (string | number)[] = [readName(parser)];
  for (;;) {
    if (tokens.accept('.')) path.push(readName(parser));
    else if (tokens.accept('[')) {
      if (tokens.peek().kind !== 'integer') throw tokens.fail();
      path.push(Number(tokens.next().text));
      tokens.expect(']');
    } else return path;
  }
};

/** Takes a `:value` placeholder if one comes next. */
export const acceptPlaceholder = ({ tokens, placeholders }: Parser): string | undefined => {
  if (tokens.peek().kind !== 'value') return undefined;
  const { text } = tokens.next();
  placeholders.add(text);
  return text;
};

/** rule (',' rule)* */
export const readList = <Element>(parser: Parser, rule: (parser: Parser) => Element): Element[] => {
  const elements = [rule(parser)];
  while (parser.tokens.accept(',')) elements.push(rule(parser));
  return elements;
};

/** A parser of one kind of expression that remembers what it parsed: the texts are few and come again and again. */
export const cachedParser = <Tree>(grammar: (parser: Parser) => Tree) => {
  const cache = new Map<string, Parsed<Tree>>();
  return (source: string, kind: ExpressionKind): Parsed<Tree> => {
    const key = kind + source;
    const known = cache.get(key);
    if (known !== undefined) return known;
    if (Buffer.byteLength(source) > LENGTH_MAX)
      throw invalidExpression(
        kind,
        `Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(source)}`,
      );
    const parser: Parser = { tokens: readTokens(source, kind), aliases: new Set(), placeholders: new Set() };
    const tree = grammar(parser);
    if (parser.tokens.peek().kind !== 'end') throw parser.tokens.fail();
    const parsed = { kind, tree, aliases: [...parser.aliases], placeholders: [...parser.placeholders] };
    if (cache.size >= CACHED_MAX) cache.clear();
    cache.set(key, parsed);
    return parsed;
  };
};

export const pathText = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
