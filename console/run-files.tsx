import type { AnswerOf } from './api.ts';
import { useCommand, useDesk, useRead } from './desk-context.ts';
import { Act, DataTable, Loadable, Refusal } from './parts.tsx';
import { counted, yuan } from './words.ts';

/** What went to the banks, file by file. */

type BankFile = AnswerOf<'listFiles'>['items'][number];

const Download = ({ fileName }: { readonly fileName: string }) => {
  const { call } = useDesk();
  const fetching = useCommand();
  const download = () =>
    fetching.run(async () => {
      const { url } = await call('downloadFile', { params: { fileName } });
      window.location.assign(url);
    });
  return (
    <>
      <Refusal error={fetching.error} />
      <Act operation="downloadFile" small busy={fetching.busy} onDo={() => void download()}>
        下载
      </Act>
    </>
  );
};

const lines = (title: string, dataIndex: 'lines' | 'settledLines' | 'returnedLines' | 'pendingLines') => ({
  title,
  dataIndex,
  align: 'right' as const,
  render: (value: number) => counted(value, '笔'),
});

export const Files = ({ runId }: { readonly runId: string }) => {
  const reading = useRead('listFiles', { params: { runId } });
  return (
    <Loadable reading={reading}>
      {({ items }) => (
        <DataTable<BankFile>
          label="报盘文件"
          rows={items}
          keyOf={({ fileName }) => fileName}
          empty="批准之后生成报盘文件"
          columns={[
            { title: '文件', dataIndex: 'fileName' },
            { title: '银行', dataIndex: 'bank' },
            lines('笔数', 'lines'),
            { title: '金额', dataIndex: 'totalFen', align: 'right', render: yuan },
            lines('已发', 'settledLines'),
            lines('退回', 'returnedLines'),
            lines('待回盘', 'pendingLines'),
            {
              title: '杂凑值（SM3）',
              dataIndex: 'sm3',
              render: (sm3: string) => <code title={sm3}>{sm3.slice(0, 12)}…</code>,
            },
            { title: '操作', render: (_, { fileName }) => <Download fileName={fileName} /> },
          ]}
        />
      )}
    </Loadable>
  );
};
