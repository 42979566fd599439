import { Form, Input } from 'antd';
import type { Asked } from './api.ts';
import { useDesk } from './desk-context.ts';
import { FormAct } from './form-act.tsx';

type Correction = Asked<'correctAccount'>['body'];

const LEAST_PROOF = 4;

const fields = (
  <>
    <Form.Item
      name="account"
      label="账号"
      rules={[{ required: true, pattern: /^[\d-]{8,40}$/, message: '请填写8位以上的账号' }]}
    >
      <Input autoComplete="off" inputMode="numeric" />
    </Form.Item>
    <Form.Item
      name="bank"
      label="开户银行"
      rules={[{ required: true, min: 2, max: 60, message: '请填写开户银行' }]}
    >
      <Input />
    </Form.Item>
    <Form.Item name="accountName" label="户名" extra="与户主姓名相同的不必填写">
      <Input />
    </Form.Item>
    <Form.Item
      name="proof"
      label="更正依据"
      rules={[{ required: true, min: LEAST_PROOF, message: '请填写更正依据（至少4个字）' }]}
    >
      <Input.TextArea placeholder="如：本人持存折到镇街更正" />
    </Form.Item>
  </>
);

/** A new account for a household: this month’s supplement and next month’s run pay to it. What it rests on is kept. */
export const AccountCorrection = ({
  programme,
  caseNo,
  onDone,
}: Asked<'correctAccount'>['params'] & { readonly onDone: () => void }) => {
  const { call } = useDesk();
  return (
    <FormAct<Correction>
      operation="correctAccount"
      small
      title={`更正账号 ${caseNo}`}
      explanation="保存后，以后各月按新账号发放；已退回或暂缓的，可编入补发批次。"
      fields={fields}
      send={({ accountName, ...rest }) =>
        call('correctAccount', {
          params: { programme, caseNo },
          body: { ...rest, ...(accountName ? { accountName } : {}) },
        })
      }
      onDone={onDone}
    >
      更正账号
    </FormAct>
  );
};
