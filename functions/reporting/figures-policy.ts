import { CommentReceived, DocumentIssued, ParameterSet } from '../../events/policy.ts';
import { counties } from '../../shared/area.ts';
import type { Envelope } from '../../shared/event.ts';
import { monthOfEvent } from './entry.ts';
import { type Fact, from, type Indicator } from './indicator.ts';

/** Documents and rule numbers, which are the whole district's. */

const one = (happened: Pick<Envelope, 'time'>, subject: string): Fact[] => {
  const [areaCode] = counties();
  return areaCode === undefined ? [] : [{ month: monthOfEvent(happened), areaCode, subject, value: 1 }];
};

export const policyFigures: readonly Indicator[] = [
  {
    id: 'policy.documents-issued',
    name: '印发文件件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内印发的文件件数。',
    from: [from(DocumentIssued, (happened) => one(happened, happened.data.number))],
  },
  {
    id: 'policy.comments',
    name: '征求意见收到意见件数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内公开征求意见收到的意见件数。',
    from: [from(CommentReceived, (happened) => one(happened, happened.data.commentId))],
  },
  {
    id: 'policy.parameters-set',
    name: '调整标准次数',
    unit: 'cases',
    kind: 'flow',
    definition: '期内经两人审定的标准、参数调整次数。',
    from: [from(ParameterSet, (happened) => one(happened, happened.data.key))],
  },
];
