import { Progress, Upload } from 'antd';
import { useState } from 'react';
import { type Call, Refused } from './api.ts';
import { useCommand, useDesk } from './desk-context.ts';
import { Refusal } from './parts.tsx';
import { waitBefore } from './patience.ts';
import { counted } from './words.ts';

const LOOKS = 150;

/** Puts a file to the link that was given for it, telling how far it is. */
const put = (url: string, file: File, onShare: (percent: number) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) =>
      onShare(Math.round((loaded / Math.max(1, total)) * 100));
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(new Refused('UPLOAD', `文件没有传上去（${request.status}）。`));
    request.onerror = () => reject(new Refused('UPLOAD', '文件没有传上去，请检查网络后重试。'));
    request.open('PUT', url);
    request.send(file);
  });

type Imported = Awaited<ReturnType<typeof waitFor>> & { readonly fileName: string };
const waitFor = async (call: Call, returnId: string) => {
  for (let look = 0; look < LOOKS; look++) {
    const found = await call('readReturn', { params: { returnId } });
    if (found.state !== 'received') return found;
    await new Promise((resolve) => window.setTimeout(resolve, waitBefore(look)));
  }
  throw new Refused('SLOW', '回盘文件仍在处理，请稍后刷新查看。');
};

const outcomeOf = ({ state, problem = '', rows, applied, repeated, unmatched }: Imported): string =>
  state === 'refused'
    ? `没有读入：${problem}`
    : `已读入 ${counted(rows, '行')}：生效 ${counted(applied, '笔')}，重复 ${counted(repeated, '笔')}，待人工核对 ${counted(unmatched, '行')}。`;

/** The banks’ answers: one file after the other is put, taken in row by row, and what came of it is told. */
export const ReturnUpload = ({ onImported }: { readonly onImported: () => void }) => {
  const { call } = useDesk();
  const importing = useCommand();
  const [percent, setPercent] = useState(0);
  const [results, setResults] = useState<readonly Imported[]>([]);
  const take = async (file: File): Promise<Imported> => {
    setPercent(0);
    const fileName = file.name;
    const { uploadId, url } = await call('createUpload', { body: { fileName } });
    await put(url, file, setPercent);
    const { returnId } = await call('receiveReturn', { body: { uploadId, fileName } });
    return { ...(await waitFor(call, returnId)), fileName };
  };
  const takeAll = async (files: readonly File[]): Promise<void> => {
    setResults([]);
    await importing.run(async () => {
      for (const file of files) {
        const imported = await take(file);
        setResults((before) => [...before, imported]);
      }
    });
    // What was taken in before one failed counts too.
    onImported();
  };
  return (
    <>
      <Refusal error={importing.error} />
      <Upload.Dragger
        accept=".txt,.csv"
        multiple
        showUploadList={false}
        disabled={importing.busy}
        beforeUpload={(file, files) => {
          if (file === files.at(-1)) void takeAll(files);
          return false;
        }}
      >
        把银行的回盘文件拖到这里，或点击选择，可以一次选择多个
      </Upload.Dragger>
      {importing.busy ? <Progress percent={percent} aria-label="上传进度" /> : null}
      <div role="status">
        {results.map((result) => (
          <p key={result.fileName}>
            {result.fileName} {outcomeOf(result)}
          </p>
        ))}
      </div>
    </>
  );
};
