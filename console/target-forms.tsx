import { Form, Input, InputNumber, type InputNumberProps, Select } from 'antd';
import type { AnswerOf, Asked } from './api.ts';
import { useDesk, useRead } from './desk-context.ts';
import { FormAct } from './form-act.tsx';

/** What officers write about targets: a new one, and how far one is that no figure of the system measures. */

type Target = AnswerOf<'listTargets'>['items'][number];
type Written = Asked<'proposeTarget'>['body'];
type Progress = Asked<'reportProgress'>['body'];

const YUAN = '元';
const REQUIRED = { required: true, message: '请填写' };
const WHOLE = { required: true, message: '请填写数值' };

/** The API holds money in 分. */
const stored = (value: number, unitName: string): number =>
  unitName === YUAN ? Math.round(value * 100) : value;

/** A field of a form, which hands its value in by the other properties. */
const Amount = ({ unitName, ...field }: InputNumberProps<number> & { readonly unitName: string }) => (
  <InputNumber<number>
    {...field}
    min={0}
    precision={unitName === YUAN ? 2 : 0}
    suffix={unitName}
    style={{ width: 220 }}
  />
);

/** The unit is that of the figure a target is measured by; of others the officer says it. */
const Measure = () => {
  const form = Form.useFormInstance<Written>();
  const { data } = useRead('listIndicators', {});
  const indicatorId = Form.useWatch('indicatorId', form);
  const unitName = Form.useWatch('unitName', form) ?? '';
  const indicators = data?.items ?? [];
  return (
    <>
      <Form.Item name="indicatorId" label="完成情况取自" extra="系统没有相应指标的不选，以后由经办人填报进展">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={indicators.map(({ id, name, unitName: unit }) => ({
            value: id,
            label: `${name}（${unit}）`,
          }))}
          onChange={(id?: string) => {
            const chosen = indicators.find((each) => each.id === id);
            if (chosen) form.setFieldValue('unitName', chosen.unitName);
          }}
        />
      </Form.Item>
      <Form.Item name="unitName" label="单位" rules={[{ ...REQUIRED, max: 10 }]}>
        <Input disabled={indicatorId !== undefined} style={{ width: 220 }} />
      </Form.Item>
      <Form.Item name="plan" label="计划数" rules={[WHOLE]}>
        <Amount unitName={unitName} />
      </Form.Item>
    </>
  );
};

const proposal = (
  <>
    <Form.Item name="name" label="目标" rules={[{ ...REQUIRED, min: 2, max: 60 }]}>
      <Input placeholder="如：困难老年人家庭适老化改造" />
    </Form.Item>
    <Measure />
    <Form.Item name="startsOn" label="开始日期" rules={[REQUIRED]}>
      <Input type="date" style={{ width: 220 }} />
    </Form.Item>
    <Form.Item name="dueOn" label="完成期限" rules={[REQUIRED]}>
      <Input type="date" style={{ width: 220 }} />
    </Form.Item>
    <Form.Item name="owner" label="责任科室" rules={[{ ...REQUIRED, min: 2, max: 40 }]}>
      <Input />
    </Form.Item>
    <Form.Item
      name="sentence"
      label="文件依据"
      rules={[{ required: true, min: 4, max: 300, message: '请摘录文件原句（至少4个字）' }]}
    >
      <Input.TextArea placeholder="摘录下达目标的文件原句" />
    </Form.Item>
  </>
);

export const ProposeTarget = ({ onDone }: { readonly onDone: () => void }) => {
  const { call, session } = useDesk();
  const year = session.settings.today.slice(0, 4);
  const send = ({ plan, unitName, ...rest }: Written) =>
    call('proposeTarget', { body: { ...rest, unitName, plan: stored(plan, unitName) } });
  return (
    <FormAct<Written>
      operation="proposeTarget"
      title="提出年度目标"
      explanation="由另一名审批人审定后生效。"
      initial={{ startsOn: `${year}-01-01`, dueOn: `${year}-12-31` }}
      fields={proposal}
      send={send}
      onDone={onDone}
    >
      提出目标
    </FormAct>
  );
};

export const ReportProgress = ({
  target: { targetId, name, unitName },
  onDone,
}: {
  readonly target: Target;
  readonly onDone: () => void;
}) => {
  const { call, session } = useDesk();
  const send = ({ value, ...rest }: Progress) =>
    call('reportProgress', { params: { targetId }, body: { ...rest, value: stored(value, unitName) } });
  return (
    <FormAct<Progress>
      operation="reportProgress"
      small
      title={`填报进展：${name}`}
      explanation="填报截至当日的累计完成数，代替上一次填报。"
      initial={{ on: session.settings.today }}
      fields={
        <>
          <Form.Item name="value" label="累计完成" rules={[WHOLE]}>
            <Amount unitName={unitName} />
          </Form.Item>
          <Form.Item name="on" label="截至日期" rules={[REQUIRED]}>
            <Input type="date" style={{ width: 220 }} />
          </Form.Item>
          <Form.Item
            name="source"
            label="数据来源"
            rules={[{ required: true, min: 4, max: 200, message: '请填写数据来源（至少4个字）' }]}
          >
            <Input placeholder="如：养老服务科6月进度表" />
          </Form.Item>
        </>
      }
      send={send}
      onDone={onDone}
    >
      填报进展
    </FormAct>
  );
};
