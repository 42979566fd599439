import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { type Officer, officerOf } from '../shared/role.ts';
import { dayText } from './words.ts';

/** Who sits at the page: signed in at the issuer by authorization code and PKCE; the token stays in this tab. */

export type Settings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly name: string;
  /** The bureau’s day as the server has it: the clock of an officer’s computer may be wrong, that of a trial is ahead. */
  readonly today: string;
};
export type Session = {
  readonly officer: Officer;
  readonly token: string;
  readonly settings: Settings;
  readonly leave: () => Promise<void>;
};

const BASE = '/console/';
const HERE = `${window.location.origin}${BASE}`;

/** On one machine the issuer is this page’s own server, by whatever name and port it was opened. */
const authorityOf = (issuer: string): string =>
  /^http:\/\/(127\.0\.0\.1|localhost)\b/.test(issuer) ? window.location.origin : issuer;

export const readSettings = async (): Promise<Settings> => {
  const answer = await fetch(`${BASE}config.json`);
  if (!answer.ok) throw new Error('页面设置读取失败。');
  const settings = (await answer.json()) as Omit<Settings, 'today'>;
  const told = answer.headers.get('date');
  if (told === null) throw new Error('页面设置中没有日期。');
  return { ...settings, today: dayText(Date.parse(told)) };
};

const claimsOf = (token: string): Readonly<Record<string, unknown>> => {
  const [, payload = ''] = token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
};

/** Goes to the issuer and comes back; undefined while the browser is on its way there. */
export const openSession = async (settings: Settings): Promise<Session | undefined> => {
  const manager = new UserManager({
    authority: authorityOf(settings.issuer),
    client_id: settings.clientId,
    redirect_uri: HERE,
    response_type: 'code',
    scope: 'openid',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
  });
  const signIn = async (): Promise<undefined> => {
    await manager.signinRedirect({ state: window.location.hash });
    return undefined;
  };
  const back = new URLSearchParams(window.location.search);
  // The issuer says why it let nobody in; the callback throws it.
  if (back.has('code') || back.has('error')) {
    const { state } = await manager.signinRedirectCallback();
    window.history.replaceState(null, '', `${BASE}${typeof state === 'string' ? state : ''}`);
  }
  const user = await manager.getUser();
  if (!user || user.expired) return signIn();
  const officer = officerOf(claimsOf(user.access_token));
  if (!officer) throw new Error('登录凭证中没有角色或管辖区域，请联系管理员。');
  const leave = async (): Promise<void> => {
    const { end_session_endpoint: ends } = await manager.metadataService.getMetadata();
    // An issuer that keeps a session of its own would let the same officer straight in again.
    if (ends) return manager.signoutRedirect({ post_logout_redirect_uri: HERE });
    await manager.removeUser();
    await signIn();
  };
  return { officer, token: user.access_token, settings, leave };
};
