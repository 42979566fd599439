import { existsSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { demoRegister } from '../demo/register.ts';
import { DISTRICT } from '../month/office.ts';
import { deliverRegister } from '../month/register-delivery.ts';
import { type Bureau, openBureau } from '../month/sample-bureau.ts';
import type { AreaCode } from '../shared/area.ts';
import { Month } from '../shared/month.ts';
import { type Role, roleNames } from '../shared/role.ts';

/** A bureau with a small register, and a real browser before it: one for all tests of the page, because both start slowly. */

/** Debian’s package `chromium`. */
export const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const MONTH = Month.parse('2021-06');
const HOUSEHOLDS = 30;
const silent = { say: () => {}, phase: () => ({ at: () => {}, end: () => {} }) };

type Size = { readonly width: number; readonly height: number };
const DESKTOP: Size = { width: 1366, height: 768 };
export const PHONE: Size = { width: 390, height: 844 };

export type SampleBrowser = {
  readonly bureau: Bureau;
  /** A page on which an officer of the demo is signed in, in a browser profile of its own. */
  readonly signIn: (name: string, size?: Size) => Promise<Page>;
  /** A page that has been given the session of an officer of a role, without the clicks of signing in. */
  readonly signInAs: (role: Role, area?: AreaCode) => Promise<Page>;
  readonly stop: () => Promise<void>;
};

/** Errors of the page’s own scripts fail whoever opened it. */
const watched = (page: Page, errors: string[]): Page => {
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  return page;
};

/** Leaves a token where the library that signs in keeps it. */
const keptSession = (issuer: string, token: string): string => {
  const profile = { sub: '', iss: issuer, aud: 'huimin', exp: 0, iat: 0 };
  const session = { access_token: token, token_type: 'Bearer', profile, expires_at: Number.MAX_SAFE_INTEGER };
  return `sessionStorage.setItem('oidc.user:${issuer}:huimin', ${JSON.stringify(JSON.stringify(session))})`;
};

export const openSampleBrowser = async (
  households = HOUSEHOLDS,
): Promise<SampleBrowser & { readonly errors: string[] }> => {
  const bureau = await openBureau({ rules: () => true });
  const bytes = new TextEncoder().encode(demoRegister(MONTH, 1, households));
  await deliverRegister(bureau, { fileName: '名册.csv', bytes }, { month: MONTH, known: [] }, silent);
  await bureau.settle();
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const errors: string[] = [];
  const newContext = (size: Size) =>
    // Without motion nothing is clicked while it is still on its way.
    browser.newContext({
      viewport: size,
      locale: 'zh-CN',
      acceptDownloads: true,
      reducedMotion: 'reduce',
    });
  // A session lies in its tab: officers who are given one share a profile, which has the page's files already.
  const shared = await newContext(DESKTOP);
  const newPage = async (context: BrowserContext): Promise<Page> => {
    const page = watched(await context.newPage(), errors);
    page.setDefaultTimeout(45_000);
    return page;
  };
  const address = `${bureau.cloud.httpUrl}/console/`;
  return {
    bureau,
    errors,
    signIn: async (name, size = DESKTOP) => {
      const page = await newPage(await newContext(size));
      await page.goto(address);
      await page.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
    signInAs: async (role, area = DISTRICT) => {
      const page = await newPage(shared);
      const token = await bureau.token({ role, area, name: roleNames[role] });
      await page.addInitScript({ content: keptSession(bureau.cloud.httpUrl, token) });
      await page.goto(address);
      return page;
    },
    stop: async () => {
      await browser.close();
      await bureau.stop();
    },
  };
};

const NOTHING_TO_COME = `new Promise((tell) => {
  const look = (_, watching) => {
    if (!document.querySelector('h1') || document.querySelector('.ant-skeleton, .ant-spin-spinning')) return;
    watching?.disconnect();
    tell();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  look();
})`;

/** Waits until everything of a desk has been read: nothing stands in the place of what is still to come. */
export const settled = async (page: Page): Promise<void> => {
  await page.evaluate(NOTHING_TO_COME);
};

/** Goes to a place of the page as a bookmark would, and waits until all of it has been read. Tabs behind others draw no frames to wait for. */
export const goTo = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate(`new Promise((heard) => {
    if (location.hash === ${JSON.stringify(hash)}) return heard();
    addEventListener('hashchange', () => setTimeout(heard), { once: true });
    location.hash = ${JSON.stringify(hash)};
  })`);
  await settled(page);
};

/** What keeps somebody with a screen reader, a keyboard or weak eyes from using what is shown: rule and place. */
export const barriersOn = async (page: Page): Promise<string[]> => {
  if (!(await page.evaluate('window.axe'))) await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] })`,
  )) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id}: ${target.join(' ')} ${html}`));
};
