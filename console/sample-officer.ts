import type { Locator, Page } from 'playwright-core';
import { goTo } from './sample-browser.ts';

/** What an officer does at the page, as a word. */

/** Chinese of two characters gets a space between them on a button. */
export const spaced = (word: string): RegExp => new RegExp(`^${[...word].join('\\s*')}$`);
export const button = (place: Page | Locator, name: string | RegExp): Locator =>
  place.getByRole('button', { name });
export const confirm = (page: Page): Promise<void> =>
  page.locator('.ant-popconfirm-buttons .ant-btn-primary:visible').click();

/** Opens a run anew, as whoever comes from another desk sees it, at one of its tables. */
export const openRun = async (page: Page, runId: string, tab: string): Promise<void> => {
  await goTo(page, '#/board');
  await goTo(page, `#/runs/${runId}`);
  await page.getByRole('tab', { name: tab }).click();
};

/** Gives a bank’s answer in, and waits until it is told what came of it. */
export const upload = async (page: Page, name: string, bytes: Uint8Array): Promise<void> => {
  const read = page.waitForResponse(
    async (answer) =>
      /\/disbursement\/returns\/[^/]+$/.test(answer.url()) && (await answer.json()).state === 'imported',
  );
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(bytes) });
  await read;
  await page.getByRole('status').filter({ hasText: '已读入' }).waitFor();
};

/** Presses on without a reason, is asked for one, and gives it. */
export const giveReason = async (page: Page, title: string, reason: string): Promise<void> => {
  const asking = page.getByRole('dialog', { name: title });
  await button(asking, spaced('确定')).click();
  await asking.getByText('请填写理由').waitFor();
  await asking.getByLabel('理由').fill(reason);
  await button(asking, spaced('确定')).click();
  await asking.waitFor({ state: 'hidden' });
};
