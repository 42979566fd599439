import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  CHROMIUM,
  goTo,
  hasChromium,
  MONTH,
  openSampleBrowser,
  PHONE,
  type SampleBrowser,
  settled,
} from '../console/sample-browser.ts';
import { answerBankFile } from '../demo/bank.ts';
import { listCases } from '../functions/assistance/case-routes.ts';

/** Takes the pictures of the README, and measures how soon the first figures are there. */

const HELP = `Takes pictures of the officers' page with the demo register into docs/screenshots/.

  npm run screenshots

Needs Debian's package chromium (${CHROMIUM}).
`;

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots');
const HOUSEHOLDS = 1776;

const shoot = async (page: Page, name: string): Promise<void> => {
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`docs/screenshots/${name}.png\n`);
};

/** A month that is paid, so that there is something to see. */
const payMonth = async ({ bureau }: SampleBrowser): Promise<string> => {
  const { runId } = await bureau.open('dibao', MONTH);
  await bureau.approve(runId);
  for (const { bytes } of await bureau.files(runId)) await bureau.importReturn(answerBankFile(bytes, 1));
  await bureau.settle();
  return runId;
};

const pictures = async (sample: SampleBrowser, runId: string): Promise<void> => {
  const page = await sample.signIn('李审批');
  const { items } = await sample.bureau.preparer(listCases, { query: { programme: 'dibao', limit: 1 } });
  const caseNo = items[0]?.caseNo ?? '';
  await shoot(page, 'overview');
  await page.getByRole('button', { name: /在册人数/ }).click();
  await page.locator('.chart svg').first().waitFor();
  await page.getByRole('dialog').getByText('按镇街').click();
  await page.getByRole('dialog').getByText('苏孟乡').waitFor();
  await page.getByRole('dialog').getByText('按月').click();
  await page.locator('.chart svg').first().waitFor();
  await shoot(page, 'figure');
  await page.reload();
  const places = [
    ['runs', '#/runs'],
    ['run', `#/runs/${encodeURIComponent(runId)}`],
    ['cases', '#/cases'],
    ['case', `#/cases/${encodeURIComponent(caseNo)}`],
    ['due', '#/due'],
    ['board', '#/board'],
    ['reports', '#/reports'],
  ] as const;
  for (const [name, hash] of places) {
    await goTo(page, hash);
    await shoot(page, name);
  }
  const phone = await sample.signIn('王经办', PHONE);
  await goTo(phone, `#/cases/${encodeURIComponent(caseNo)}`);
  await phone.getByText('为什么是这个金额').waitFor();
  await shoot(phone, 'case-phone');
};

/** From the address to the first figures on the page, in a browser that has the page’s files already. */
const firstFigures = async (sample: SampleBrowser): Promise<void> => {
  const page = await sample.signIn('王经办');
  await page.reload();
  await page.getByText('在册户数').waitFor();
  const milliseconds = await page.evaluate('performance.now()');
  process.stdout.write(`first figures are seen after ${Math.round(Number(milliseconds))} ms\n`);
};

if (process.argv.includes('--help')) process.stdout.write(HELP);
else if (!hasChromium) {
  process.stderr.write(`${HELP}\nIt is not installed: apt-get install chromium\n`);
  process.exitCode = 1;
} else {
  mkdirSync(folder, { recursive: true });
  const sample = await openSampleBrowser(HOUSEHOLDS);
  try {
    await firstFigures(sample);
    await pictures(sample, await payMonth(sample));
  } finally {
    await sample.stop();
  }
}
