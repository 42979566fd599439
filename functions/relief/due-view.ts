import type * as z from 'zod';
import type { Item } from '../../shared/dynamo.ts';
import { Finding } from './finding.ts';
import { type Due, ReliefCase } from './relief-case.ts';
import type { DueView } from './views.ts';

const dueNames: Readonly<Record<Due['what'], string>> = {
  advance: '紧急先行救助',
  survey: '入户调查和初审',
  submit: '公示和上报',
  approve: '区级审批',
  pay: '备用金支付',
  supplement: '先行救助后补办手续',
  close: '先行救助复核办结',
};

/** What a stored case or finding has due; undefined when it was dealt with since the index was read. */
export const dueOf = (item: Item, today: string): z.output<typeof DueView> | undefined => {
  if (item.findingId !== undefined) {
    const { town, findingId, deadline, certain, state } = Finding.parse(item);
    return state === 'closed'
      ? undefined
      : {
          areaCode: town,
          what: 'finding',
          whatName: '监督检查问题整改',
          id: findingId,
          date: deadline,
          certain,
          overdue: deadline < today,
        };
  }
  const { areaCode, caseNo, due } = ReliefCase.parse(item);
  return (
    due && {
      areaCode,
      what: due.what,
      whatName: dueNames[due.what],
      id: caseNo,
      date: due.date,
      certain: due.certain,
      overdue: due.date < today,
    }
  );
};
