import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerBankFile } from '../demo/bank.ts';
import { listCases } from '../functions/assistance/case-routes.ts';
import { readFigure } from '../functions/reporting/figure-routes.ts';
import { barriersOn, goTo, hasChromium, openSampleBrowser, PHONE } from './sample-browser.ts';

/** The page in a real Chromium, before a bureau with a small register. Needs Debian’s package `chromium`. */

const MONTH = '2021-06';
type Sample = Awaited<ReturnType<typeof openSampleBrowser>>;

// Without the browser there is nothing to test here: install it with `apt-get install chromium`.
describe.skipIf(!hasChromium)('the officers’ page', () => {
  let sample: Sample;
  let clerk: Page;
  let chief: Page;
  beforeAll(async () => {
    sample = await openSampleBrowser();
    clerk = await sample.signIn('王经办');
    chief = await sample.signIn('李审批');
    // The functions and the page are built first when their sources have changed.
  }, 180_000);
  afterAll(async () => {
    await sample.stop();
  });

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const confirm = (page: Page) => page.locator('.ant-popconfirm-buttons .ant-btn-primary:visible').click();
  /** Chinese of two characters gets a space between them on a button. */
  const spaced = (word: string) => new RegExp(`^${[...word].join('\\s*')}$`);

  test('runs a month: one officer opens it, another approves, the bank’s file goes up, and it closes', {
    timeout: 120_000,
  }, async () => {
    await goTo(clerk, '#/runs');
    await clerk.getByLabel('发放月份').fill(MONTH);
    await button(clerk, '手工编制').click();
    await confirm(clerk);
    await clerk.getByText('待审批').first().waitFor();
    const runId = decodeURIComponent(clerk.url().split('#/runs/')[1] ?? '');

    expect(await button(clerk, spaced('批准')).isDisabled()).toBe(true);
    await goTo(chief, `#/runs/${encodeURIComponent(runId)}`);
    await button(chief, spaced('批准')).click();
    await confirm(chief);
    await chief.getByText('已报盘').first().waitFor();
    await sample.bureau.settle();
    const files = await sample.bureau.files(runId);
    expect(files.length).toBeGreaterThan(0);

    await clerk.reload();
    await clerk.getByText('把银行的回盘文件拖到这里').waitFor();
    for (const { fileName, bytes } of files) {
      const buffer = Buffer.from(answerBankFile(bytes, 1, { returnedShare: 0.2 }));
      await clerk
        .locator('input[type=file]')
        .setInputFiles({ name: fileName, mimeType: 'text/plain', buffer });
      await clerk.getByRole('status').filter({ hasText: '已读入' }).waitFor();
    }
    const before = await sample.bureau.run(runId);
    expect(before.totals.pendingFen).toBe(0);
    expect(before.totals.returnedLines).toBeGreaterThan(0);
    await clerk.getByRole('tab', { name: '退回与暂缓' }).click();
    await clerk.getByRole('table').getByText('已退回').first().waitFor();

    await goTo(chief, '#/runs');
    await goTo(chief, `#/runs/${encodeURIComponent(runId)}`);
    await chief.getByRole('tab', { name: '退回与暂缓' }).click();
    await button(chief, '不再发放').first().click();
    const asking = chief.getByRole('dialog', { name: '不再发放' });
    expect(await asking.getByRole('button', { name: spaced('确定') }).isDisabled()).toBe(true);
    await asking.getByLabel('理由').fill('已与本人核实放弃领取');
    await asking.getByRole('button', { name: spaced('确定') }).click();
    await asking.waitFor({ state: 'hidden' });
    const closing = (await button(chief, spaced('关账')).isDisabled()) ? clerk : chief;
    await button(closing, spaced('关账')).click();
    await confirm(closing);
    await closing.getByText('已关账').first().waitFor();
    await sample.bureau.settle();
  });

  test('finds a household by name, says why it gets its amount, and shows a number for a reason', async () => {
    const { items } = await sample.bureau.preparer(listCases, { query: { programme: 'dibao', limit: 1 } });
    const [known] = items;
    if (!known) throw new Error('The register is empty.');

    await goTo(clerk, '#/cases');
    await clerk.getByLabel('查找救助对象').fill(known.head);
    await clerk.getByLabel('查找救助对象').press('Enter');
    await clerk.getByRole('link', { name: known.caseNo }).click();
    await clerk.getByText('为什么是这个金额').waitFor();
    await clerk.getByText('依据 A01').first().waitFor();

    expect(await clerk.getByRole('table', { name: '家庭成员' }).innerText()).toMatch(/\d{6}\*{8}\d{4}/);
    await button(clerk, '查看全号').first().click();
    expect(await button(clerk, spaced('查看')).isDisabled()).toBe(true);
    await clerk.getByLabel('查看事由').fill('入户核对身份');
    await button(clerk, spaced('查看')).click();
    await clerk.getByText(/^330799\d{11}[\dX]$/).waitFor();
  });

  test('opens a figure down to its facts, whose sum is the figure the API tells', async () => {
    await goTo(clerk, '#/overview');
    await clerk.getByText('没有处理失败的消息').waitFor();
    await clerk.getByRole('button', { name: /在册户数/ }).click();
    const drawer = clerk.getByRole('dialog');
    await drawer.getByRole('tab', { name: '按镇街' }).click();
    const period = `${new Intl.DateTimeFormat('sv-SE', { year: 'numeric' }).format()}`;
    const { value, byTown } = await sample.bureau.preparer(readFigure, {
      params: { indicatorId: 'assistance.households' },
      query: { period },
    });

    await drawer.getByText(`${value} 户`).first().waitFor();
    expect(byTown.reduce((sum, town) => sum + town.value, 0)).toBe(value);
    await drawer.getByRole('tab', { name: '明细' }).click();
    const facts = drawer.getByRole('table', { name: '数据明细' });
    await facts.getByRole('link').first().waitFor();
    const cells = await facts.locator('tbody tr.ant-table-row td:nth-child(5)').allInnerTexts();
    // The sample district fits one page.
    expect(await button(clerk, '下一页').count()).toBe(0);
    const sum = cells.reduce((total, text) => total + Number(text.replace(' 户', '')), 0);
    expect(sum).toBe(value);
    await button(clerk, /关闭|Close/)
      .first()
      .click();
  });

  test('writes a report, which another officer issues and anybody downloads as it was frozen', async () => {
    await goTo(clerk, '#/reports');
    await button(clerk, '编制报告').click();
    await confirm(clerk);
    await clerk.getByText('待审定').waitFor();
    expect(await button(clerk, spaced('印发')).isDisabled()).toBe(true);

    await goTo(chief, '#/reports');
    await button(chief, spaced('印发')).click();
    await confirm(chief);
    await chief.getByText('已印发').waitFor();
    const [download] = await Promise.all([chief.waitForEvent('download'), button(chief, 'Word').click()]);
    const stream = await download.createReadStream();
    const [head] = await stream.take(1).toArray();

    expect(String(head).slice(0, 2)).toBe('PK');
  });

  test('lets an auditor look and not touch', async () => {
    const auditor = await sample.signIn('赵审计');
    await goTo(auditor, '#/reports');
    await button(auditor, '编制报告').waitFor();
    expect(await button(auditor, '编制报告').isDisabled()).toBe(true);
    await goTo(auditor, '#/runs');
    expect(await button(auditor, '手工编制').isDisabled()).toBe(true);
  });

  test('fits a telephone, where a township sees its own and nothing else', async () => {
    const phone = await sample.signIn('城东街道经办', PHONE);
    for (const place of ['#/cases', '#/due', '#/board', '#/overview']) {
      await goTo(phone, place);
      await phone.getByRole('heading', { level: 1 }).waitFor();
      expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    }
    await phone.getByText('在册户数').waitFor();
    expect(await phone.locator('.tile').count()).toBe(0);
  });

  test('can be used with a screen reader, by keyboard and with weak eyes: axe finds no serious barrier', async () => {
    const { items } = await sample.bureau.preparer(listCases, { query: { programme: 'dibao', limit: 1 } });
    const places = ['overview', 'runs', `runs/${MONTH}-dibao-regular`, 'cases', `cases/${items[0]?.caseNo}`];
    const barriers: Record<string, readonly string[]> = {};
    for (const place of [...places, 'due', 'board', 'reports']) {
      await goTo(clerk, `#/${place}`);
      await clerk.getByRole('heading', { level: 1 }).waitFor();
      await clerk.waitForLoadState('networkidle');
      barriers[place] = await barriersOn(clerk);
    }

    expect(barriers).toEqual(Object.fromEntries(Object.keys(barriers).map((place) => [place, []])));
  });

  test('had no error of its own in any of this', () => {
    expect(sample.errors).toEqual([]);
  });
});
