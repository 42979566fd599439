import { MOST, type Notice, noticesOfRun, noticesOfTargets, some } from './alert.ts';
import type { AnswerOf, Call } from './api.ts';
import { counted } from './words.ts';

/** Where what waits is read from. */

type Run = AnswerOf<'listRuns'>['items'][number];

const RUNS = 20;

const isOpen = ({ state }: Run): boolean => state !== 'closed' && state !== 'rejected';

const runNotices = async (call: Call): Promise<Notice[]> => {
  const { items } = await call('listRuns', { query: { limit: RUNS } });
  const open = items.filter(isOpen);
  const exceptionsOf = async ({ runId, state }: Run): Promise<number> => {
    if (state !== 'planned') return 0;
    const found = await call('listExceptions', { params: { runId }, query: { limit: MOST } });
    return found.items.length;
  };
  const counts = await Promise.all(open.map(exceptionsOf));
  return open.flatMap((run, index) => noticesOfRun(run, counts[index] ?? 0));
};

const overdueNotices = async (call: Call): Promise<Notice[]> => {
  const query = { limit: MOST };
  const [applications, reliefs] = await Promise.all([
    call('listDue', { query }),
    call('listReliefDue', { query }),
  ]);
  const late = [...applications.items, ...reliefs.items].filter(({ overdue }) => overdue).length;
  if (late === 0) return [];
  return [{ level: 'late', what: `超期事项 ${some(late, '件')}`, todo: '逐件办结', place: { desk: 'due' } }];
};

const targetNotices = async (call: Call): Promise<Notice[]> => {
  const [agreed, proposed] = await Promise.all([
    call('listTargets', { query: { state: 'agreed', limit: MOST } }),
    call('listTargets', { query: { state: 'proposed', limit: MOST } }),
  ]);
  return noticesOfTargets(agreed.items, proposed.items);
};

const reportNotices = async (call: Call): Promise<Notice[]> => {
  const { items } = await call('listReports', { query: { limit: MOST } });
  return items
    .filter(({ state }) => state === 'prepared')
    .map(({ title, areaName }) => ({
      level: 'waiting',
      what: `${areaName}《${title}》待印发`,
      todo: '由编制人以外的审批人阅后印发或撤回',
      place: { desk: 'reports' },
    }));
};

/** What failed for good is for the whole district’s officers to pass on. */
const backlogNotices = async (call: Call): Promise<Notice[]> => {
  const { items } = await call('readBacklog', {});
  return items.map((item) => ({
    level: 'late',
    what: `处理失败的消息 ${counted(item.messages, '条')}（${item.context}/${item.function}）`,
    todo: '联系系统管理员排除原因后重新处理',
  }));
};

/** Everything that waits, what is late first. */
export const allNotices = async (call: Call, isDistrict: boolean): Promise<Notice[]> => {
  const found = await Promise.all([
    isDistrict ? backlogNotices(call) : [],
    overdueNotices(call),
    runNotices(call),
    reportNotices(call),
    targetNotices(call),
  ]);
  const notices = found.flat();
  return [
    ...notices.filter(({ level }) => level === 'late'),
    ...notices.filter(({ level }) => level === 'waiting'),
  ];
};
