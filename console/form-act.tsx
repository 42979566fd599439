import { Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useCommand } from './desk-context.ts';
import type { OperationId } from './operations.ts';
import { Act, Refusal } from './parts.tsx';

type Asking<T> = {
  readonly operation: OperationId;
  readonly children: string;
  readonly title: string;
  readonly explanation?: string;
  readonly initial?: Partial<T>;
  readonly small?: boolean;
  readonly primary?: boolean;
  readonly fields: ReactNode;
  readonly send: (written: T) => Promise<unknown>;
  readonly onDone: () => void;
};

/** A command that needs more than a word: a form in a dialog, which stays open with what was written when the API refuses it. */
export function FormAct<T extends object>({ fields, send, onDone, initial, ...asked }: Asking<T>) {
  const { title, explanation, children, ...act } = asked;
  const [asking, setAsking] = useState(false);
  const [form] = Form.useForm<T>();
  const sending = useCommand();
  const close = (): void => {
    setAsking(false);
    sending.clear();
  };
  const finish = async (written: T): Promise<void> => {
    if (!(await sending.run(() => send(written)))) return;
    close();
    onDone();
  };
  return (
    <>
      <Act {...act} onDo={() => setAsking(true)}>
        {children}
      </Act>
      <Modal
        open={asking}
        title={title}
        okText="保存"
        cancelText="取消"
        destroyOnHidden
        confirmLoading={sending.busy}
        onOk={form.submit}
        onCancel={close}
      >
        {explanation ? <p>{explanation}</p> : null}
        <Refusal error={sending.error} />
        <Form<T>
          form={form}
          layout="vertical"
          preserve={false}
          {...(initial ? { initialValues: initial } : {})}
          onFinish={(written) => void finish(written)}
        >
          {fields}
        </Form>
      </Modal>
    </>
  );
}
