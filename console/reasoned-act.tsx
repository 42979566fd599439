import { Form, Input } from 'antd';
import { type Asking, FormAct } from './form-act.tsx';

type Written = { readonly reason: string };
type Reasoned = Omit<Asking<Written>, 'title' | 'explanation' | 'okText' | 'fields' | 'send'> & {
  readonly title?: string;
  /** What will happen, in words. */
  readonly asks: string;
  readonly send: (reason: string) => Promise<unknown>;
};

const LEAST_REASON = 4;
const least = {
  required: true,
  min: LEAST_REASON,
  transform: (reason?: string) => reason?.trim(),
  message: `请填写理由（至少${LEAST_REASON}个字）`,
};

const field = (
  <Form.Item name="reason" label="理由" rules={[least]}>
    <Input.TextArea placeholder="将与您的姓名一并留存" />
  </Form.Item>
);

/** A command for which the officer gives a reason in his own words; it is kept with his name. */
export const ReasonedAct = ({ title, asks, send, ...act }: Reasoned) => (
  <FormAct<Written>
    {...act}
    title={title ?? act.children}
    explanation={asks}
    okText="确定"
    fields={field}
    send={({ reason }) => send(reason.trim())}
  />
);
