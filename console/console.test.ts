import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerBankFile, correctedAccount } from '../demo/bank.ts';
import openApi from '../docs/openapi.json' with { type: 'json' };
import { listCases } from '../functions/assistance/case-routes.ts';
import { gb18030 } from '../functions/disbursement/bank-file-bytes.ts';
import { compareRun, listLines } from '../functions/disbursement/run-routes.ts';
import { readFigure } from '../functions/reporting/figure-routes.ts';
import { everyItem } from '../month/desk.ts';
import { type AreaCode, townOf } from '../shared/area.ts';
import { Month } from '../shared/month.ts';
import { officerRoles, townshipRoles } from '../shared/role.ts';
import { barriersOn, goTo, hasChromium, openSampleBrowser, PHONE, settled } from './sample-browser.ts';
import { button, confirm, giveReason, openRun, spaced, upload } from './sample-officer.ts';
import { yuan } from './words.ts';

/** The page in a real Chromium, before a bureau with a small register. Needs Debian’s package `chromium`. */

const MONTH = '2021-06';
const RUN = `${MONTH}-dibao-regular`;
const JULY = '2021-07-dibao-regular';

type Documented = { readonly operationId: string; readonly 'x-roles'?: readonly string[] };
const documented = Object.values(openApi.paths).flatMap((path) => Object.values(path) as Documented[]);
/** Who may call an operation, by the API’s own document. */
const rolesOf = (operation: string): readonly string[] =>
  documented.find(({ operationId }) => operationId === operation)?.['x-roles'] ?? [];

/** The bank’s answers, and the same with one that names a payment which was never filed. */
const answered = (bytes: Uint8Array): Uint8Array => answerBankFile(bytes, 1, { returnedShare: 0.3 });
const mistaken = (bytes: Uint8Array): Uint8Array =>
  gb18030(new TextDecoder('gb18030').decode(answered(bytes)).replace('DTL|1|', 'DTL|9001|'));

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

  /** Plays the banks: what they answer to the files of the run is uploaded. */
  const answer = async (page: Page, from: number) => {
    const files = (await sample.bureau.files(RUN)).slice(from);
    for (const { fileName, bytes } of files) await upload(page, fileName, answered(bytes));
    return files;
  };

  test('opens a month: exceptions are decided, a second officer approves, and the bank’s file comes down', async () => {
    await goTo(clerk, '#/runs');
    await clerk.getByLabel('发放月份').fill(MONTH);
    await button(clerk, '手工编制').click();
    await confirm(clerk);
    await clerk.getByText('待审批').first().waitFor();
    expect(decodeURIComponent(clerk.url().split('#/runs/')[1] ?? '')).toBe(RUN);
    expect(await button(clerk, spaced('批准')).isDisabled()).toBe(true);

    await openRun(chief, RUN, '异常提示');
    const exceptions = chief.getByRole('table', { name: '异常提示' });
    await exceptions.getByRole('button', { name: '不再发放' }).first().click();
    await giveReason(chief, '不再发放', '已与本人核实放弃领取');
    await exceptions.getByText('已决定不发').waitFor();
    await sample.bureau.settle();
    await button(chief, spaced('批准')).click();
    await confirm(chief);
    await chief.getByText('已报盘').first().waitFor();
    await sample.bureau.settle();

    await openRun(clerk, RUN, '报盘文件');
    const [{ fileName, bytes }] = (await sample.bureau.files(RUN)) as [{ fileName: string; bytes: Buffer }];
    const row = clerk.getByRole('table', { name: '报盘文件' }).getByRole('row').filter({ hasText: fileName });
    const [download] = await Promise.all([
      clerk.waitForEvent('download'),
      row.getByRole('button', { name: spaced('下载') }).click(),
    ]);
    const stream = await download.createReadStream();
    expect(download.suggestedFilename()).toBe(fileName);
    expect(Buffer.concat(await stream.toArray())).toEqual(bytes);
  });

  test('keeps a row of a bank’s answer that matches nothing until an officer has looked at it', async () => {
    await openRun(clerk, RUN, '退回与暂缓');
    const [{ fileName, bytes }] = (await sample.bureau.files(RUN)) as [{ fileName: string; bytes: Buffer }];
    const rows = clerk.getByRole('table', { name: '待人工核对的回盘行' });
    await clerk.getByText('没有需要人工核对的行').waitFor();
    await upload(clerk, fileName, mistaken(bytes));
    const row = rows.getByRole('row').filter({ hasText: '报盘文件中没有这个序号' });
    await row.filter({ hasText: '9001' }).waitFor();
    expect(await rows.locator('tbody tr.ant-table-row').count()).toBe(1);
    await openRun(chief, RUN, '退回与暂缓');
    expect(await button(chief, '不作处理').isDisabled()).toBe(true);

    expect(await button(row, '登记退汇').isDisabled()).toBe(true);
    await button(row, '不作处理').click();
    await giveReason(clerk, '不作处理', '银行已书面更正序号');
    await clerk.getByText('没有需要人工核对的行').waitFor();
  });

  test('takes the bank’s answer in: a corrected account is paid by a supplement, and the month closes', {
    timeout: 120_000,
  }, async () => {
    await openRun(clerk, RUN, '退回与暂缓');
    const files = await answer(clerk, 0);
    const returned = clerk.getByRole('table', { name: '退回与暂缓' });
    await returned.getByText('已退回').first().waitFor();
    expect((await sample.bureau.run(RUN)).totals).toMatchObject({ pendingFen: 0 });
    await returned.getByRole('button', { name: '更正账号' }).first().click();
    const form = clerk.getByRole('dialog');
    await form.getByRole('button', { name: spaced('保存') }).click();
    await form.getByText('请填写开户银行').waitFor();
    await form.getByLabel('账号').fill(correctedAccount('', 1));
    await form.getByLabel('开户银行').fill('农业银行');
    await form.getByLabel('更正依据').fill('本人持存折到镇街更正');
    await form.getByRole('button', { name: spaced('保存') }).click();
    await form.waitFor({ state: 'hidden' });

    await button(clerk, '编制补发批次').click();
    await confirm(clerk);
    const batch = (page: Page) => page.getByRole('row').filter({ hasText: '补发第1批' });
    await batch(clerk).filter({ hasText: '1 笔' }).waitFor();
    await openRun(chief, RUN, '退回与暂缓');
    await batch(chief)
      .getByRole('button', { name: spaced('批准') })
      .click();
    await confirm(chief);
    // Until the page says so, the approval may not have reached the cloud, which would be at rest too soon.
    await batch(chief).filter({ hasText: '李审批' }).waitFor();
    await sample.bureau.settle();
    await answer(clerk, files.length);
    expect((await sample.bureau.run(RUN)).batchList).toMatchObject([{}, { lines: 1, state: 'issued' }]);
    await button(clerk, spaced('关账')).click();
    await confirm(clerk);
    await clerk.getByText('已关账').first().waitFor();
    await clerk.getByRole('tab', { name: '办理过程' }).click();
    const history = clerk.getByRole('table', { name: '办理过程' });
    await history.getByText('补发批次编制完成').waitFor();
    expect(await history.innerText()).not.toMatch(/[a-z]/);
    await sample.bureau.settle();
  });

  test('compares the next month household by household: what was not paid is in it as arrears', async () => {
    await sample.bureau.open('dibao', Month.parse('2021-07'));
    const params = { runId: JULY };
    const pages = everyItem((cursor) => sample.bureau.preparer(compareRun, { params, query: { cursor } }));
    const items = await Array.fromAsync(pages);
    const differing = items.reduce(
      (sum, { amountFen = 0, previousAmountFen = 0 }) => sum + amountFen - previousAmountFen,
      0,
    );
    expect(items.length).toBeGreaterThan(0);

    await openRun(chief, JULY, '与上月比较');
    const changes = chief.getByRole('table', { name: '与上月比较' });
    await changes
      .getByText(/补发 [\d,.]+ 元/)
      .first()
      .waitFor();
    expect(await changes.locator('tbody tr.ant-table-row').count()).toBe(items.length);
    await button(chief, spaced('汇总')).click();
    await chief
      .getByRole('status')
      .filter({ hasText: `变动 ${items.length} 户、+${yuan(differing)}` })
      .waitFor();
    await chief.getByLabel('变动情况').click();
    await chief.getByTitle('停发').click();
    await chief.getByText('没有变动').waitFor();
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
    await giveReason(clerk, '查看完整身份证号', '入户核对身份');
    await clerk.getByText(/^330799\d{11}[\dX]$/).waitFor();
  });

  test('opens a figure down to its facts, whose sum is the figure the API tells', async () => {
    await goTo(clerk, '#/overview');
    await clerk.getByText(/2021年7月低保.待审批/).waitFor();
    await clerk.getByRole('button', { name: /在册户数/ }).click();
    const drawer = clerk.getByRole('dialog');
    await drawer.locator('.chart svg').waitFor();
    expect(await barriersOn(clerk)).toEqual([]);
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
    await clerk.getByRole('tab', { name: '数据措辞' }).click();
    const row = clerk.getByRole('table', { name: '数据措辞' }).locator('tbody tr.ant-table-row').first();
    await row.getByRole('combobox').click();
    await clerk.getByTitle('近', { exact: true }).click();
    await row.getByText(/^近\d/).waitFor();
    const worded = await row.getByText(/^近\d/).innerText();
    await clerk.getByRole('tab', { name: '正文预览' }).click();
    await clerk.getByRole('article').getByText(worded).waitFor();
    await button(clerk, '编制报告').click();
    await confirm(clerk);
    await clerk.getByText('待审定').waitFor();
    expect(await button(clerk, spaced('印发')).isDisabled()).toBe(true);

    await goTo(chief, '#/reports');
    await button(chief.getByRole('table', { name: '报告' }), /工作/).click();
    const kept = chief.getByRole('dialog');
    await kept.getByRole('article').getByText(worded).waitFor();
    expect(await barriersOn(chief)).toEqual([]);
    await button(kept, /关闭|Close/).click();
    await button(chief, spaced('印发')).click();
    await confirm(chief);
    await chief.getByText('已印发').waitFor();
    const [download] = await Promise.all([chief.waitForEvent('download'), button(chief, 'Word').click()]);
    const stream = await download.createReadStream();
    const [head] = await stream.take(1).toArray();

    expect(String(head).slice(0, 2)).toBe('PK');
  });

  test('has targets that one officer proposes, another agrees to, and whose progress is reported', async () => {
    await goTo(clerk, '#/overview');
    await button(clerk, '提出目标').click();
    const proposing = clerk.getByRole('dialog');
    await proposing.getByLabel('目标', { exact: true }).fill('困难老年人家庭适老化改造');
    await proposing.getByLabel('单位').fill('户');
    await proposing.getByLabel('计划数').fill('120');
    await proposing.getByLabel('责任科室').fill('养老服务科');
    await proposing.getByLabel('文件依据').fill('全年完成适老化改造120户');
    await proposing.getByRole('button', { name: spaced('保存') }).click();
    await proposing.waitFor({ state: 'hidden' });
    expect(await button(clerk, '同意目标').isDisabled()).toBe(true);

    await goTo(chief, '#/overview');
    await chief.getByText('目标“困难老年人家庭适老化改造”待审定').waitFor();
    await chief.getByLabel('目标状态').click();
    await chief.getByTitle('待审定').click();
    await button(chief, '同意目标').click();
    await confirm(chief);
    await chief.getByText('没有待审定的年度目标').waitFor();

    await goTo(clerk, '#/due');
    await goTo(clerk, '#/overview');
    await button(clerk, '填报进展').click();
    const reporting = clerk.getByRole('dialog');
    await reporting.getByLabel('累计完成').fill('36');
    await reporting.getByLabel('数据来源').fill('养老服务科进度表');
    await reporting.getByRole('button', { name: spaced('保存') }).click();
    await clerk.getByRole('table', { name: '年度目标' }).getByText('36 户').waitFor();
  });

  /** What there is to press on each desk, beside looking. */
  const deeds: Readonly<Record<string, readonly string[]>> = {
    overview: ['proposeTarget', 'reportProgress'],
    runs: ['openRun'],
    [`runs/${JULY}`]: [
      ...['approveBatch', 'prepareSupplement', 'closeRun', 'rejectRun'],
      ...['correctAccount', 'decideLine', 'downloadFile', 'resolveRow'],
    ],
    reports: ['prepareReport', 'downloadReport'],
  };
  /** The operations of a desk that the page does not call refused to this role. */
  const offeredAt = async (page: Page, place: string): Promise<string[]> => {
    await goTo(page, `#/${place}`);
    for (const tab of ['退回与暂缓', '报盘文件']) {
      if ((await page.getByRole('tab', { name: tab }).count()) === 0) continue;
      // By keyboard: a click waits for frames, which tabs behind others do not draw.
      await page.getByRole('tab', { name: tab }).press('Enter');
      await settled(page);
    }
    const offered = (await page.evaluate(`[...document.querySelectorAll('[data-operation]')]
      .filter((button) => button.parentElement.title !== '您的角色不能进行此项操作')
      .map((button) => button.dataset.operation)`)) as string[];
    return [...new Set(offered)].toSorted();
  };

  test('offers every role what the API lets it do, and nothing else', async () => {
    await sample.bureau.approve(JULY);
    for (const { bytes } of await sample.bureau.files(JULY))
      for (const answers of [mistaken(bytes), answered(bytes)]) await sample.bureau.importReturn(answers);
    const query = { state: 'returned', limit: 200 } as const;
    const { items } = await sample.bureau.preparer(listLines, { params: { runId: JULY }, query });
    const [line] = items;
    if (!line) throw new Error('The bank returned nothing.');
    const desks = { ...deeds, [`cases/${line.caseNo}`]: ['unmaskCase', 'correctAccount'] };

    const offeredTo = async (role: (typeof officerRoles)[number]) => {
      const isTown = townshipRoles.some((each) => each === role);
      const page = await sample.signInAs(role, isTown ? townOf(line.areaCode) : undefined);
      const offered: Record<string, readonly string[]> = {};
      for (const desk of Object.keys(desks)) offered[desk] = await offeredAt(page, desk);
      await page.close();
      return [role, offered] as const;
    };
    // Reports are of an area: those of the district are not a town's.
    const isOthers = (role: (typeof officerRoles)[number], operation: string) =>
      operation === 'downloadReport' && townshipRoles.some((each) => each === role);
    const allowedTo = (role: (typeof officerRoles)[number]) =>
      Object.fromEntries(
        Object.entries(desks).map(([desk, does]) => [
          desk,
          does
            .filter((operation) => rolesOf(operation).includes(role) && !isOthers(role, operation))
            .toSorted(),
        ]),
      );

    expect(Object.fromEntries(await Promise.all(officerRoles.map(offeredTo)))).toEqual(
      Object.fromEntries(officerRoles.map((role) => [role, allowedTo(role)])),
    );
  });

  test('leads a role only to desks it may read', async () => {
    const helper = await sample.signInAs('village-helper', '330702100201' as AreaCode);
    await helper.getByText('您的角色不办理这项业务').waitFor();

    expect(await helper.getByRole('menuitem').allInnerTexts()).toEqual(['公示栏']);
  });

  test('fits a telephone, where a township sees its own and nothing else', async () => {
    const phone = await sample.signIn('城东街道经办', PHONE);
    for (const place of ['#/cases', '#/due', '#/board', '#/overview']) {
      await goTo(phone, place);
      expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    }
    await phone.getByText('在册户数').waitFor();
    expect(await phone.locator('.tile').count()).toBe(0);
  });

  test('can be used with a screen reader, by keyboard and with weak eyes: axe finds no serious barrier', async () => {
    const { items } = await sample.bureau.preparer(listCases, { query: { programme: 'dibao', limit: 1 } });
    const household = `cases/${items[0]?.caseNo}`;
    const places = ['overview', 'runs', `runs/${RUN}`, `runs/${JULY}`, 'cases', household];
    const barriers: Record<string, readonly string[]> = {};
    for (const place of [...places, 'due', 'board', 'reports']) {
      await goTo(chief, `#/${place}`);
      barriers[place] = await barriersOn(chief);
    }
    await openRun(chief, JULY, '退回与暂缓');
    await button(chief, '同意补发').first().click();
    await chief.getByRole('dialog', { name: '同意补发' }).waitFor();
    barriers['a decision'] = await barriersOn(chief);
    await chief.keyboard.press('Escape');
    await chief.setViewportSize(PHONE);
    await goTo(chief, `#/${household}`);
    barriers['a telephone'] = await barriersOn(chief);
    expect(await chief.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);

    expect(barriers).toEqual(Object.fromEntries(Object.keys(barriers).map((place) => [place, []])));
  });

  test('had no error of its own in any of this', () => {
    expect(sample.errors).toEqual([]);
  });
});
