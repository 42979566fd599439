import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, test } from 'vitest';
import { ReliefGiven } from '../../events/relief.ts';
import { openSampleDesk, type SampleDesk, sampleOfficer } from '../../infra/local/sample-desk.ts';
import { AreaCode } from '../../shared/area.ts';
import { happened } from '../../shared/event.ts';
import type { Objects } from '../../shared/objects.ts';
import { shipped, withChanges } from '../../shared/parameter.ts';
import { downloadReportHandler } from './download-report.ts';
import { record } from './entry.ts';
import { indicatorFor, indicators } from './indicators.ts';
import { issueReportHandler } from './issue-report.ts';
import { listReportsHandler } from './list-reports.ts';
import { parsePeriod } from './period.ts';
import { prepareReportHandler } from './prepare-report.ts';
import { previewReportHandler } from './preview-report.ts';
import { punctuated } from './punctuation.ts';
import { readReportHandler } from './read-report.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderWord } from './render-word.ts';
import { compose, type Report, type Sources, wanText } from './report.ts';
import {
  downloadReport,
  issueReport,
  listReports,
  prepareReport,
  previewReport,
  readReport,
  withdrawReport,
} from './report-routes.ts';
import { reportingTable } from './table.ts';
import { namesIn } from './template.ts';
import { withdrawReportHandler } from './withdraw-report.ts';
import { workReport } from './work-report.ts';

/** The report: composed from what is recorded, rendered, issued by a second officer, frozen. */

const DISTRICT = AreaCode.parse('330702000000');
const TOWN = '330702100000';
const AT = '2021-07-02T02:30:00.000Z';
const period = (() => {
  const parsed = parsePeriod('2021H1');
  if (!parsed) throw new Error('2021H1 is a period.');
  return parsed;
})();

const sources = (more: Partial<Sources> = {}): Sources => ({
  ...{ period, area: DISTRICT, asOf: AT, parameters: shipped, documents: [] },
  indicatorOf: indicatorFor,
  figureOf: () => ({ state: 'no-data' }),
  ...more,
});
const textOf = ({ blocks }: Report): string =>
  blocks.map(({ pieces }) => pieces.map(({ text }) => text).join('')).join('\n');

describe('the template', () => {
  const names = workReport.blocks.flatMap(([, text]) => namesIn(text));

  test('binds every name in its text, and has no binding that no text uses', () => {
    const used = new Set(names.filter((name) => !['area', 'period', 'year'].includes(name)));

    expect([...used].toSorted()).toEqual(Object.keys(workReport.bindings).toSorted());
  });

  test('binds figures to indicators that exist', () => {
    for (const binding of Object.values(workReport.bindings)) {
      if (binding.kind === 'figure') expect(indicators.map(({ id }) => id)).toContain(binding.indicator);
    }
  });
});

describe('composing', () => {
  test('says that there is no data, and why, where nothing was recorded', () => {
    const report = compose(workReport, sources());

    expect(textOf(report)).toContain(
      '收回历年结余资金(暂无数据)万元'.replace('(', '\uff08').replace(')', '\uff09'),
    );
    expect(report.total).toBe(Object.keys(workReport.bindings).length);
    expect(report.filled).toBe(report.figures.filter(({ text }) => text !== undefined).length);
    for (const { text, why } of report.figures) expect(text === undefined).toBe(why !== undefined);
    expect(textOf(report)).not.toMatch(/\D0(户|人|件|万元)/);
  });

  test('a counted zero is a zero', () => {
    const report = compose(
      workReport,
      sources({ figureOf: () => ({ state: 'counted', value: 0, facts: 0 }) }),
    );

    expect(textOf(report)).toContain('注销0户0人');
  });

  test('names a changed standard with what it was, what it is and from when', () => {
    const text = textOf(compose(workReport, sources()));

    expect(text).toContain('散居孤儿养育标准从1450元/月调高至1502元/月');
    expect(text).toContain('预计7月1日起婺城区最低生活保障标准从原先的每人每月850元提高到900元');
  });

  test('names a standard that changed twice in the period by what held before and after both', () => {
    const twice = withChanges(shipped, [
      { key: 'orphan.scattered', from: '2021-05-01', value: 1600, source: 'S', certainty: 'A' },
    ]);

    expect(textOf(compose(workReport, sources({ parameters: twice })))).toContain(
      '从1450元/月调高至1600元/月',
    );
  });

  test('names a document once it was issued, not before', () => {
    const title = '关于健全特困人员救助供养的指导意见';
    const document = { documentId: 'd', title, number: '婺民〔2021〕1号' };
    const early = compose(workReport, sources({ documents: [{ ...document, issuedOn: '2021-06-30' }] }));
    const late = compose(workReport, sources({ documents: [{ ...document, issuedOn: '2021-07-01' }] }));

    expect(textOf(early)).toContain(`《${title}》（婺民〔2021〕1号）`);
    expect(late.figures.find(({ binding }) => binding === 'doc-destitute')?.why).toBe('没有印发记录。');
  });

  test('says 近 and 余 where the officer chose to, and leaves the exact value beside it', () => {
    const report = compose(
      workReport,
      sources({
        figureOf: () => ({ state: 'counted', value: 4_996_000, facts: 3 }),
        wording: { recalled: 'near', 'festival-paid': 'over' },
      }),
    );

    expect(textOf(report)).toContain('收回历年结余资金近5.00万元');
    expect(textOf(report)).toContain('5.00余万元');
    expect(report.figures.find(({ binding }) => binding === 'recalled')?.value).toBe(4_996_000);
  });

  test.each([
    [0, '0.00'],
    [4_999, '0.00'],
    [5_000, '0.01'],
    [1_234_567_890, '1234.57'],
    [-2_000_000, '-2.00'],
  ])('%d 分 are %s 万元', (fen, text) => {
    expect(wanText(fen)).toBe(text);
  });
});

describe('rendering', () => {
  const report = compose(
    workReport,
    sources({ figureOf: () => ({ state: 'counted', value: 1_234_500, facts: 1 }) }),
  );

  test('gives the same text in Word, HTML and Markdown, and the same bytes every time', async () => {
    const word = await renderWord(report);
    const xml = strFromU8(unzipSync(word)['word/document.xml'] ?? new Uint8Array());
    const paragraph =
      report.blocks.find(({ pieces }) => pieces.length > 8)?.pieces.map(({ text }) => text) ?? [];

    for (const text of paragraph) expect(xml).toContain(text);
    const plainHtml = renderHtml(report).replace(/<[^>]+>/g, '');
    expect(plainHtml).toContain(paragraph.join('').replaceAll('"', '&quot;'));
    expect(renderMarkdown(report).replaceAll('*', '')).toContain(paragraph.join(''));
    expect(await renderWord(report)).toEqual(word);
  });

  test('has the punctuation of Chinese, also where a sentence is put together from pieces', () => {
    const halfWidth = /\p{Script=Han}[,;:(]|[,;:)]\p{Script=Han}/u;
    const lines = renderMarkdown(report).split('\n');

    expect(lines.filter((line) => halfWidth.test(line))).toEqual([]);
  });

  test('lists in the annex every figure that is there and every one that is not', () => {
    const markdown = renderMarkdown(report);

    for (const { label } of report.figures) expect(markdown).toContain(punctuated(label));
    expect(markdown).toContain(`应填数据 ${report.total} 项`);
  });
});

const stored = () => {
  const objects = new Map<string, Uint8Array>();
  const store: Objects = {
    get: async (key) => objects.get(key),
    exists: async (key) => objects.has(key),
    put: async (key, bytes) => void objects.set(key, bytes),
    presign: async (_, key) => `https://files.example.org/${key}`,
  };
  return { objects, store };
};

describe('the life of a report', () => {
  const maker = sampleOfficer('district-clerk', DISTRICT, 'maker');
  const chief = sampleOfficer('section-chief', DISTRICT, 'chief');
  const townClerk = sampleOfficer('township-clerk', TOWN);
  let desk: SampleDesk;
  let ask: ReturnType<SampleDesk['serving']>;
  let kept: ReturnType<typeof stored>;
  beforeEach(() => {
    let ids = 0;
    desk = openSampleDesk(reportingTable, AT);
    kept = stored();
    const { deps } = desk;
    ask = desk.serving({
      previewReport: previewReportHandler(deps),
      prepareReport: prepareReportHandler(deps, () => `report-${++ids}`),
      listReports: listReportsHandler(deps),
      readReport: readReportHandler(deps),
      issueReport: issueReportHandler(deps, kept.store),
      withdrawReport: withdrawReportHandler(deps),
      downloadReport: downloadReportHandler(deps, kept.store),
    });
  });

  const relieve = (which: string, amountFen: number) =>
    record(desk.table, indicators, [
      happened(ReliefGiven, {
        subject: 'case/1',
        which,
        at: AT,
        correlationId: 'c',
        data: {
          ...{
            caseNo: '1',
            areaCode: TOWN,
            entryId: which,
            year: 2021,
            month: '2021-06',
            amountFen,
            persons: 1,
          },
          ...{ method: 'cash', inAdvance: false, by: 'x' },
        },
      }),
    ]);
  const prepare = async (areaCode: string = DISTRICT) =>
    String((await ask(prepareReport, maker, { body: { period: '2021H1', areaCode } })).body.reportId);
  const issue = (reportId: string, officer = chief) => ask(issueReport, officer, { params: { reportId } });
  const relief = (body: Readonly<Record<string, unknown>>) =>
    (body.report as Report).figures.find(({ binding }) => binding === 'relief-amount')?.text;

  test('is frozen when it is issued: what is recorded later changes the preview, not the report', async () => {
    await relieve('a', 2_000_000);
    const reportId = await prepare();
    const { body: issued } = await issue(reportId);
    const bytes = new Map(kept.objects);
    await relieve('b', 3_000_000);

    const read = await ask(readReport, maker, { params: { reportId } });
    const preview = await ask(previewReport, maker, { query: { period: '2021H1' } });

    expect(relief(read.body)).toBe('2.00');
    expect(relief({ report: preview.body })).toBe('5.00');
    expect(read.body).toMatchObject({ state: 'issued', issuedBy: 'chief', sha256: issued.sha256 });
    expect(kept.objects).toEqual(bytes);
    const link = await ask(downloadReport, auditorOf(DISTRICT), { params: { reportId, format: 'docx' } });
    const { docx } = issued.sha256 as { docx: string };
    expect(link.body).toMatchObject({ sha256: docx, url: expect.stringContaining(`${docx}.docx`) });
  });
  const auditorOf = (area: string) => sampleOfficer('auditor', area);

  test('takes 近 and 余 for figures of its text only', async () => {
    const body = (wording: object) => ({ body: { period: '2021H1', wording } });

    expect((await ask(prepareReport, maker, body({ recalled: 'near' }))).status).toBe(201);
    expect((await ask(prepareReport, maker, body({ 'no-such-figure': 'near' }))).status).toBe(400);
  });

  test('is not issued by who prepared it, nor twice, nor after it was withdrawn', async () => {
    const reportId = await prepare();
    const same = sampleOfficer('section-chief', DISTRICT, 'maker');

    expect(await issue(reportId, same)).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect(await ask(downloadReport, maker, { params: { reportId, format: 'md' } })).toMatchObject({
      code: 'WRONG_STATE',
    });
    expect((await issue(reportId)).status).toBe(200);
    expect(await issue(reportId)).toMatchObject({ code: 'WRONG_STATE' });
    const other = await prepare();
    expect(await ask(withdrawReport, maker, { params: { reportId: other } })).toMatchObject({
      body: { state: 'withdrawn' },
    });
    expect(await issue(other)).toMatchObject({ code: 'WRONG_STATE' });
  });

  test('gives way to a newer one of the same period and area, and both stay readable', async () => {
    const first = await prepare();
    await issue(first);
    const ofTown = await prepare(TOWN);
    await issue(ofTown);
    const second = await prepare();
    const { body } = await issue(second);

    expect(body).toMatchObject({ state: 'issued', supersedes: first });
    const old = await ask(readReport, maker, { params: { reportId: first } });
    expect(old.body).toMatchObject({ state: 'superseded', supersededBy: second });
    expect((await ask(downloadReport, maker, { params: { reportId: first, format: 'html' } })).status).toBe(
      200,
    );
    const town = await ask(readReport, townClerk, { params: { reportId: ofTown } });
    expect(town.body).toMatchObject({ state: 'issued' });
  });

  test('of another area is neither listed nor read', async () => {
    const ofDistrict = await prepare();
    const ofTown = await prepare(TOWN);

    const { body } = await ask(listReports, townClerk, {});
    expect(body.items).toMatchObject([{ reportId: ofTown }]);
    expect(await ask(readReport, townClerk, { params: { reportId: ofDistrict } })).toMatchObject({
      code: 'OUTSIDE_AREA',
    });
    expect(
      await ask(previewReport, townClerk, { query: { period: '2021H1', areaCode: DISTRICT } }),
    ).toMatchObject({
      code: 'OUTSIDE_AREA',
    });
  });
});
