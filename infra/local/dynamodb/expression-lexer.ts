import { validation } from './refusal.ts';

export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

type TokenKind = 'word' | 'alias' | 'value' | 'integer' | 'symbol' | 'end';
type Token = { readonly kind: TokenKind; readonly text: string; readonly start: number };

/** Reads tokens one after another; whatever does not fit is DynamoDB's syntax error. */
export type TokenReader = {
  readonly kind: ExpressionKind;
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** Takes the next token if it is this symbol or, regardless of case, this keyword. */
  readonly accept: (text: string) => boolean;
  readonly expect: (text: string) => void;
  readonly fail: () => Error;
};

const TOKEN = /\s*(?:([A-Za-z_]\w*)|(#\w+)|(:\w+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-]))/y;
const KINDS: readonly TokenKind[] = ['word', 'alias', 'value', 'integer', 'symbol'];

export const invalidExpression = (kind: ExpressionKind, message: string): Error =>
  validation(`Invalid ${kind}: ${message}`);

const syntaxError = (kind: ExpressionKind, text: string, near: string): Error =>
  invalidExpression(kind, `Syntax error; token: "${text}", near: "${near}"`);

const tokensOf = (source: string, kind: ExpressionKind): Token[] => {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) {
      const rest = source.slice(from).trimStart();
      throw syntaxError(kind, rest.charAt(0), rest.slice(0, 10));
    }
    const group = match.findIndex((text, index) => index > 0 && text !== undefined);
    const text = match[group] ?? '';
    tokens.push({ kind: KINDS[group - 1] ?? 'symbol', text, start: TOKEN.lastIndex - text.length });
  }
  return tokens;
};

export const readTokens = (source: string, kind: ExpressionKind): TokenReader => {
  if (source.trim() === '') throw invalidExpression(kind, 'The expression can not be empty;');
  const tokens = tokensOf(source, kind);
  const end: Token = { kind: 'end', text: '<EOF>', start: source.length };
  let position = 0;

  const at = (index: number): Token => tokens[index] ?? end;
  const fail = (): Error => {
    const from = at(Math.max(position - 1, 0)).start;
    const last = at(position + 1);
    const to = last.kind === 'end' ? source.length : last.start + last.text.length;
    return syntaxError(kind, at(position).text, source.slice(from, to).trim());
  };
  const accept = (text: string): boolean => {
    const token = at(position);
    const found =
      token.kind === 'symbol' || token.kind === 'word' ? token.text.toUpperCase() === text : false;
    if (found) position++;
    return found;
  };
  return {
    kind,
    peek: (ahead = 0) => at(position + ahead),
    next: () => at(position++),
    accept,
    expect: (text) => {
      if (!accept(text)) throw fail();
    },
    fail,
  };
};
