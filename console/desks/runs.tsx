import { Input, Select } from 'antd';
import { useState } from 'react';
import { Month } from '../../shared/month.ts';
import { programmeName, programmes } from '../../shared/programme.ts';
import type { AnswerOf } from '../api.ts';
import { useCommand, useDesk } from '../desk-context.ts';
import { usePages } from '../pages.ts';
import { Act, Refusal } from '../parts.tsx';
import { go } from '../place.ts';
import { RunList } from '../run-list.tsx';
import { monthText } from '../words.ts';

/** 资金发放: every run, newest month first, and opening one by hand. */

type Run = AnswerOf<'listRuns'>['items'][number];
const monthly = programmes.filter((programme) => programme.monthly);

const Opening = ({ onOpened }: { readonly onOpened: () => void }) => {
  const { call } = useDesk();
  const [month, setMonth] = useState('');
  const [programme, setProgramme] = useState<Run['programme']>('dibao');
  const opening = useCommand();
  const isMonth = Month.safeParse(month).success;
  const open = async (): Promise<void> => {
    const done = await opening.run(async () => {
      const run = await call('openRun', { body: { programme, month } });
      go({ desk: 'runs', id: run.runId });
    });
    if (done) onOpened();
  };
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label="项目"
          value={programme}
          onChange={setProgramme}
          options={monthly.map(({ code, name }) => ({ value: code, label: name }))}
          style={{ minWidth: 120 }}
        />
        <Input
          aria-label="发放月份"
          placeholder="月份，如 2021-07"
          value={month}
          onChange={({ target }) => setMonth(target.value)}
          style={{ width: 160 }}
        />
        <Act
          operation="openRun"
          busy={opening.busy}
          hindrance={isMonth ? undefined : '请填写月份，如 2021-07'}
          asks={`编制${programmeName(programme)}${isMonth ? monthText(month) : ''}的发放批次，名册将按此刻冻结。`}
          onDo={() => void open()}
        >
          手工编制
        </Act>
      </div>
      <Refusal error={opening.error} />
    </>
  );
};

export const Runs = () => {
  const pages = usePages('listRuns', { query: { limit: 20 } });
  return (
    <>
      <h1>资金发放</h1>
      <Opening onOpened={pages.reading.again} />
      <RunList pages={pages} />
    </>
  );
};
