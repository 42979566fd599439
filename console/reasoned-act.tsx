import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { OperationId } from './operations.ts';
import { Act } from './parts.tsx';

const LEAST_REASON = 4;

type Reasoned = {
  readonly operation: OperationId;
  readonly children: string;
  /** What will happen, in words. */
  readonly asks: string;
  readonly hindrance?: string | undefined;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly small?: boolean;
  readonly onDo: (reason: string) => void;
};

/** A command for which the officer gives a reason in his own words; it is kept with his name. */
export const ReasonedAct = ({ asks, onDo, children, ...act }: Reasoned) => {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const done = (): void => {
    setAsking(false);
    onDo(reason.trim());
  };
  return (
    <>
      <Act {...act} onDo={() => setAsking(true)}>
        {children}
      </Act>
      <Modal
        open={asking}
        title={children}
        okText="确定"
        cancelText="取消"
        okButtonProps={{ disabled: reason.trim().length < LEAST_REASON }}
        onOk={done}
        onCancel={() => setAsking(false)}
      >
        <p>{asks}</p>
        <Input.TextArea
          aria-label="理由"
          placeholder="请填写理由(至少4个字),将与您的姓名一并留存"
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Modal>
    </>
  );
};
