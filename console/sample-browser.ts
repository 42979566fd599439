import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { demoRegister } from '../demo/register.ts';
import { deliverRegister } from '../month/register-delivery.ts';
import { type Bureau, openBureau } from '../month/sample-bureau.ts';
import { Month } from '../shared/month.ts';

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
const HOUSEHOLDS = 20;
const silent = { say: () => {}, phase: () => ({ at: () => {}, end: () => {} }) };

type Size = { readonly width: number; readonly height: number };
const DESKTOP: Size = { width: 1366, height: 768 };
export const PHONE: Size = { width: 390, height: 844 };

export type SampleBrowser = {
  readonly bureau: Bureau;
  /** A page on which an officer of the demo is signed in, in a browser profile of its own. */
  readonly signIn: (name: string, size?: Size) => Promise<Page>;
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

export const openSampleBrowser = async (
  households = HOUSEHOLDS,
): Promise<SampleBrowser & { readonly errors: string[] }> => {
  const bureau = await openBureau({ rules: () => true });
  const bytes = new TextEncoder().encode(demoRegister(MONTH, 1, households));
  await deliverRegister(bureau, { fileName: '名册.csv', bytes }, { month: MONTH, known: [] }, silent);
  await bureau.settle();
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const errors: string[] = [];
  return {
    bureau,
    errors,
    signIn: async (name, size = DESKTOP) => {
      const context = await browser.newContext({ viewport: size, locale: 'zh-CN', acceptDownloads: true });
      const page = watched(await context.newPage(), errors);
      page.setDefaultTimeout(45_000);
      await page.goto(`${bureau.cloud.httpUrl}/console/`);
      await page.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
    stop: async () => {
      await browser.close();
      await bureau.stop();
    },
  };
};

/** Goes to a place of the page as a bookmark would. */
export const goTo = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate(`window.location.hash = ${JSON.stringify(hash)}`);
};
