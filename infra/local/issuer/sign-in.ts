import { createHash } from 'node:crypto';
import { type AreaCode, areaName, townsOf } from '../../../shared/area.ts';
import { html, type Markup } from '../../../shared/markup.ts';
import { type Officer, roleNames } from '../../../shared/role.ts';
import { environments } from '../../environments.ts';
import type { HttpAnswer, HttpRequest } from '../http-api/payload.ts';
import type { Issuer } from './issuer.ts';

/**
 * Signing in on one machine: the authorization code flow with PKCE (RFC 7636), in which one chooses an invented officer
 * instead of giving a password. Nothing of it is deployed: there, the bureau's own issuer does this.
 */

type DemoOfficer = Omit<Officer, 'id'>;

const DISTRICT = '330702000000' as AreaCode;
const ofTown = (town: AreaCode): DemoOfficer[] => [
  { name: `${areaName(town)}经办`, role: 'township-clerk', area: town },
  { name: `${areaName(town)}分管领导`, role: 'township-leader', area: town },
];

/** The officers of the demo: the same names as in `npm run month` and `npm run year`. */
const demoOfficers: readonly DemoOfficer[] = [
  { name: '王经办', role: 'district-clerk', area: DISTRICT },
  { name: '李审批', role: 'section-chief', area: DISTRICT },
  { name: '张复核', role: 'bureau-leader', area: DISTRICT },
  { name: '赵审计', role: 'auditor', area: DISTRICT },
  ...townsOf(DISTRICT).slice(0, 2).flatMap(ofTown),
];

const CODE_SECONDS = 60;
const TOKEN_HOURS = 8;
const MOST_CODES = 100;

type Granted = {
  readonly officer: DemoOfficer;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly until: number;
};

const textAnswer = (status: number, type: string, text: string, more = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': type, 'cache-control': 'no-store', ...more },
  body: Buffer.from(text),
});
const refused = (error: string): HttpAnswer => textAnswer(400, 'application/json', JSON.stringify({ error }));

const STYLE: Markup = {
  markup: `<style>
body { font: 15px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; background: #f0f4fa; margin: 0; color: #1f2937; }
main { max-width: 480px; margin: 8vh auto; background: #fff; padding: 28px 32px; border-radius: 8px; box-shadow: 0 1px 4px #0002; }
h1 { font-size: 20px; margin: 0 0 4px; } p { color: #596780; margin: 0 0 16px; }
a { display: flex; justify-content: space-between; gap: 12px; padding: 11px 14px; margin: 8px 0; border: 1px solid #d6deea; border-radius: 6px; color: inherit; text-decoration: none; }
a:hover, a:focus { border-color: #1758a8; background: #f3f8ff; outline: none; } span { color: #596780; }
</style>`,
};

const chooser = (query: string): string =>
  html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>选择演示人员</title>${STYLE}</head>
<body><main><h1>惠民 · 演示登录</h1><p>本机演示环境。请选择一名虚构的工作人员。</p>
${demoOfficers.map(
  ({ name, role, area }, index) =>
    html`<a href="/authorize?${query}&officer=${String(index)}">${name}<span>${roleNames[role]} · ${areaName(area)}</span></a>\n`,
)}</main></body></html>`.markup;

/** Tokens go to the page of this server and to nobody else. */
const isOwnPage = (uri: string, serverUrl: string): boolean => uri.startsWith(`${serverUrl}/console/`);

const matches = (verifier: string, challenge: string): boolean =>
  createHash('sha256').update(verifier).digest('base64url') === challenge;

/** Answers `/authorize` and `/token`; undefined for other paths. A code can be used once, within a minute. */
export const signIn = (
  { sign }: Issuer,
  now: () => number,
  newCode: () => string,
): ((request: HttpRequest, serverUrl: string) => Promise<HttpAnswer> | undefined) => {
  const granted = new Map<string, Granted>();

  const authorize = ({ query }: HttpRequest, serverUrl: string): HttpAnswer => {
    const asked = new URLSearchParams(query);
    const redirectUri = asked.get('redirect_uri') ?? '';
    const challenge = asked.get('code_challenge') ?? '';
    if (asked.get('client_id') !== environments.local.audience || !isOwnPage(redirectUri, serverUrl))
      return refused('invalid_client');
    if (
      asked.get('response_type') !== 'code' ||
      asked.get('code_challenge_method') !== 'S256' ||
      challenge === ''
    )
      return refused('invalid_request');
    const officer = demoOfficers[Number(asked.get('officer') ?? 'none')];
    if (!officer) return textAnswer(200, 'text/html; charset=utf-8', chooser(query));
    const code = newCode();
    granted.set(code, { officer, challenge, redirectUri, until: now() + CODE_SECONDS * 1000 });
    // Whoever asks for codes and never uses them must not fill the memory.
    for (const old of [...granted.keys()].slice(0, Math.max(0, granted.size - MOST_CODES)))
      granted.delete(old);
    const target = new URL(redirectUri);
    target.searchParams.set('code', code);
    const state = asked.get('state');
    if (state !== null) target.searchParams.set('state', state);
    return textAnswer(302, 'text/plain', '', { location: target.toString() });
  };

  const exchange = async ({ method, body }: HttpRequest): Promise<HttpAnswer> => {
    if (method !== 'POST') return refused('invalid_request');
    const asked = new URLSearchParams(body.toString());
    const code = asked.get('code') ?? '';
    const grant = granted.get(code);
    granted.delete(code);
    if (asked.get('grant_type') !== 'authorization_code') return refused('unsupported_grant_type');
    if (!grant || grant.until < now() || grant.redirectUri !== asked.get('redirect_uri'))
      return refused('invalid_grant');
    if (!matches(asked.get('code_verifier') ?? '', grant.challenge)) return refused('invalid_grant');
    const token = await sign(grant.officer, now(), TOKEN_HOURS);
    const answer = {
      ...{ access_token: token, id_token: token, token_type: 'Bearer' },
      expires_in: TOKEN_HOURS * 3600,
    };
    return textAnswer(200, 'application/json', JSON.stringify(answer));
  };

  return (request, serverUrl) => {
    if (request.path === '/authorize') return Promise.resolve(authorize(request, serverUrl));
    return request.path === '/token' ? exchange(request) : undefined;
  };
};
