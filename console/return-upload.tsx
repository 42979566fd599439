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

type Imported = Awaited<ReturnType<typeof waitFor>>;
const waitFor = async (call: Call, returnId: string) => {
  for (let look = 0; look < LOOKS; look++) {
    const found = await call('readReturn', { params: { returnId } });
    if (found.state !== 'received') return found;
    await new Promise((resolve) => window.setTimeout(resolve, waitBefore(look)));
  }
  throw new Refused('SLOW', '回盘文件仍在处理，请稍后刷新查看。');
};

/** The bank’s answers: the file is put, taken in row by row, and what came of it is told. */
export const ReturnUpload = ({ onImported }: { readonly onImported: () => void }) => {
  const { call } = useDesk();
  const importing = useCommand();
  const [percent, setPercent] = useState(0);
  const [result, setResult] = useState<Imported>();
  const take = async (file: File): Promise<void> => {
    setResult(undefined);
    setPercent(0);
    const done = await importing.run(async () => {
      const { uploadId, url } = await call('createUpload', { body: { fileName: file.name } });
      await put(url, file, setPercent);
      const { returnId } = await call('receiveReturn', { body: { uploadId, fileName: file.name } });
      setResult(await waitFor(call, returnId));
    });
    if (done) onImported();
  };
  return (
    <>
      <Refusal error={importing.error} />
      <Upload.Dragger
        accept=".txt,.csv"
        showUploadList={false}
        disabled={importing.busy}
        beforeUpload={(file) => {
          void take(file);
          return false;
        }}
      >
        把银行的回盘文件拖到这里，或点击选择
      </Upload.Dragger>
      {importing.busy ? <Progress percent={percent} aria-label="上传进度" /> : null}
      {result ? (
        <p role="status">
          {result.state === 'refused'
            ? `没有读入：${result.problem ?? ''}`
            : `已读入 ${counted(result.rows, '行')}：生效 ${counted(result.applied, '笔')}，重复 ${counted(result.repeated, '笔')}，待人工核对 ${counted(result.unmatched, '行')}。`}
        </p>
      ) : null}
    </>
  );
};
