import type { AnswerOf } from './api.ts';
import { usePages } from './pages.ts';
import { DataTable, Loadable } from './parts.tsx';
import { counted, eventTitles, timeText, yuan } from './words.ts';

/** 办理过程: everything that happened to a run, oldest first. */

type Happened = AnswerOf<'listRunEvents'>['items'][number];

const isCount = (value: unknown): value is number => typeof value === 'number';

/** What an event says beside its title, as far as officers care: which batch, how much, how many. */
const detailOf = ({ data }: Happened): string => {
  const { batch, lines, amountFen, files, settled, returned, carriedLines, carriedFen, decision } = data;
  const parts = [
    isCount(batch) ? (batch === 1 ? '主批次' : `补发第${batch - 1}批`) : undefined,
    isCount(lines) ? counted(lines, '笔') : undefined,
    isCount(amountFen) ? yuan(amountFen) : undefined,
    Array.isArray(files) ? counted(files.length, '件') : undefined,
    sumText('到账', settled),
    sumText('退回', returned),
    isCount(carriedLines) && isCount(carriedFen)
      ? `结转 ${counted(carriedLines, '笔')}、${yuan(carriedFen)}`
      : undefined,
    decision === 'pay' ? '同意补发' : decision === 'withdraw' ? '不再发放' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join('，') || '—';
};

const sumText = (word: string, sum: unknown): string | undefined => {
  const { lines, amountFen } = (sum ?? {}) as { readonly lines?: unknown; readonly amountFen?: unknown };
  return isCount(lines) && isCount(amountFen)
    ? `${word} ${counted(lines, '笔')}、${yuan(amountFen)}`
    : undefined;
};

const titles: Readonly<Record<string, string>> = eventTitles;

export const History = ({ runId }: { readonly runId: string }) => {
  const pages = usePages('listRunEvents', { params: { runId } });
  return (
    <Loadable reading={pages.reading}>
      {({ items }) => (
        <DataTable<Happened>
          label="办理过程"
          rows={items}
          keyOf={({ id }) => id}
          pages={pages}
          columns={[
            { title: '时间', dataIndex: 'time', render: timeText },
            { title: '事项', dataIndex: 'type', render: (type: string) => titles[type] ?? type },
            { title: '内容', render: (_, happened) => detailOf(happened) },
          ]}
        />
      )}
    </Loadable>
  );
};
