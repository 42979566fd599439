import { Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useCommand } from './desk-context.ts';
import { Act, type Doing, Refusal } from './parts.tsx';

export type Asking<T> = Omit<Doing, 'asks' | 'busy' | 'onDo'> & {
  readonly title: string;
  readonly explanation?: string;
  readonly initial?: Partial<T>;
  readonly okText?: string;
  readonly fields: ReactNode;
  readonly send: (written: T) => Promise<unknown>;
  readonly onDone?: (() => void) | undefined;
};

/** A command that needs more than a word: a form in a dialog, which stays open with what was written when the API refuses it. */
export function FormAct<T extends object>({ fields, send, onDone, initial, ...asked }: Asking<T>) {
  const { title, explanation, okText = '保存', children, ...act } = asked;
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
    onDone?.();
  };
  return (
    <>
      <Act {...act} onDo={() => setAsking(true)}>
        {children}
      </Act>
      <Modal
        open={asking}
        title={title}
        okText={okText}
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
