import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Desk, Refusal } from '../../month/desk.ts';
import { claimsOf, openPolicyOffice, type PolicyOffice } from '../../month/sample-policy.ts';
import { queryAll, within } from '../../shared/dynamo.ts';
import { Problem } from '../../shared/problem.ts';
import { roles } from '../../shared/role.ts';
import { isPublic, type Route } from '../../shared/route.ts';
import {
  answerComment,
  commentOnDocument,
  concludeConsultation,
  listComments,
  listPublicDocuments,
  openConsultation,
  readPublicDocument,
  unmaskCommenter,
} from './consultation-routes.ts';
import {
  attachFile,
  createDocumentUpload,
  draftDocument,
  issueDocument,
  listDocuments,
  readDocument,
  returnDocument,
  reviseDocument,
  submitDocument,
} from './document-routes.ts';
import { approveChange, prepareChange, readParameter } from './parameter-routes.ts';
import { policyRoutes } from './routes.ts';
import { keys } from './table.ts';

/** A document from its draft to its successor, in the order it happens: each test goes on where the one before it ended. */

const NAME = '徐春妹';
const PHONE = '12955501234';
const file = new TextEncoder().encode('%PDF-1.7 编制说明');
const sha256 = createHash('sha256').update(file).digest('hex');
const written = {
  kind: 'opinion' as const,
  title: '关于推进社区居家养老服务工作的实施意见',
  text: '一、总体要求……',
};

let office: PolicyOffice;
let clerk: Desk;
let chief: Desk;
let leader: Desk;
/** Somebody without a token. */
let anybody: Desk;
let documentId: string;
let successorId: string;

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  office = await openPolicyOffice('2021-04-28T01:00:00.000Z');
  clerk = office.desk(claimsOf('district-clerk'));
  chief = office.desk(claimsOf('section-chief'));
  leader = office.desk(claimsOf('bureau-leader'));
  anybody = office.desk();
});
afterAll(async () => {
  await office.stop();
  vi.restoreAllMocks();
});

const codeOf = async (refused: Promise<unknown>): Promise<string> => {
  try {
    await refused;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
};
const params = () => ({ documentId });
const read = (desk = clerk) => desk(readDocument, { params: params() });
const upload = async (bytes: Uint8Array<ArrayBuffer>) => {
  const { uploadId, url } = await clerk(createDocumentUpload, { body: {} });
  expect((await fetch(url, { method: 'PUT', body: bytes })).ok).toBe(true);
  return uploadId;
};

test('a draft takes the file whose hash was given, no other, and nobody outside knows of it', async () => {
  ({ documentId } = await clerk(draftDocument, { body: written }));
  const uploadId = await upload(file);
  const attach = (hash: string) =>
    clerk(attachFile, { params: params(), body: { uploadId, fileName: '编制说明.pdf', sha256: hash } });
  const wrong = await codeOf(attach('0'.repeat(64)));
  await attach(sha256);
  const { attachments, state, version, drafters } = await read();
  const [attachment] = attachments;

  expect(wrong).toBe('HASH_DIFFERS');
  expect({ state, version }).toEqual({ state: 'draft', version: 2 });
  expect(drafters).toHaveLength(1);
  expect(attachment).toMatchObject({ fileName: '编制说明.pdf', bytes: file.length, sha256 });
  expect(new Uint8Array(await (await fetch(attachment?.url ?? '')).arrayBuffer())).toEqual(file);
  expect(await codeOf(anybody(readPublicDocument, { params: params() }))).toBe('DOCUMENT_NOT_FOUND');
  const comment = anybody(commentOnDocument, { params: params(), body: { text: '希望增加助餐点' } });
  expect(await codeOf(comment)).toBe('DOCUMENT_NOT_FOUND');
});

test('it is published for comments by another officer, for at least seven working days', async () => {
  const open = (from: string, to: string) =>
    chief(openConsultation, { params: params(), body: { from, to } });

  expect(await codeOf(open('2021-05-06', '2021-05-12'))).toBe('CONSULTATION_TOO_SHORT');
  expect(await codeOf(open('2021-04-27', '2021-05-20'))).toBe('CONSULTATION_BEGUN');
  expect(await open('2021-05-06', '2021-05-20')).toMatchObject({ state: 'consulting' });
  const body = { ...written, version: 3 };
  expect(await codeOf(clerk(reviseDocument, { params: params(), body }))).toBe('WRONG_STATE');
});

test('anybody reads and comments within the window, without a token and without being named to anybody', async () => {
  const say = (text: string, contact: object = {}) =>
    anybody(commentOnDocument, { params: params(), body: { text, ...contact } });
  const early = await codeOf(say('希望增加助餐点'));
  const { items: none } = await anybody(listPublicDocuments, { query: {} });
  office.at('2021-05-07T01:00:00.000Z');
  const { items } = await anybody(listPublicDocuments, { query: {} });
  await say('希望增加助餐点', { name: NAME, phone: PHONE });
  office.at('2021-05-07T01:00:01.000Z');
  await say('建议物业参与上门服务');
  const tooLong = await codeOf(say('长'.repeat(2001)));
  const noPhone = await codeOf(say('希望增加助餐点', { phone: '电话' }));
  const shown = await anybody(readPublicDocument, { params: params() });

  expect([early, tooLong, noPhone]).toEqual(['DOCUMENT_NOT_FOUND', 'INVALID_REQUEST', 'INVALID_REQUEST']);
  expect(none).toEqual([]);
  expect(items).toMatchObject([
    { documentId, standing: 'consulting', consultation: { takesComments: true } },
  ]);
  expect(shown).toMatchObject({ text: written.text, consultations: [{ round: 1, takesComments: true }] });
  expect(JSON.stringify([shown, items])).not.toMatch(/officer|drafters|history|openedBy/);
});

test('a contact is sealed at rest, masked in the list, and shown in full only for a reason that is kept', async () => {
  const [first, second] = (await clerk(listComments, { params: params(), query: {} })).items;
  const stored: unknown[] = [];
  for await (const item of queryAll(office.table, within(keys.commentsOn(documentId)))) stored.push(item);
  const unmask = (commentId = '') =>
    chief(unmaskCommenter, { params: { documentId, commentId }, body: { reason: '电话回访了解需求' } });

  expect(first).toMatchObject({ text: '希望增加助餐点', name: '徐**', phone: '129****1234' });
  expect(second?.name).toBeUndefined();
  expect(stored).toHaveLength(2);
  expect(JSON.stringify(stored)).not.toContain(NAME);
  expect(JSON.stringify(stored)).not.toContain(PHONE);
  expect(await unmask(first?.commentId)).toEqual({ name: NAME, phone: PHONE });
  expect(await codeOf(unmask(second?.commentId))).toBe('NO_CONTACT');
  const looks: unknown[] = [];
  for await (const item of queryAll(office.table, within(keys.look(first?.commentId ?? '', '', '').pk)))
    looks.push(item);
  expect(looks).toMatchObject([{ reason: '电话回访了解需求' }]);
});

test('the outcome is published after the last day, when every comment is answered', async () => {
  const conclude = () =>
    chief(concludeConsultation, {
      params: params(),
      body: {
        text: '征求意见期间共收到意见2条,采纳1条,未采纳1条。',
        points: [{ opinion: '增加助餐点', outcome: 'adopted', reason: '已写入第三条' }],
      },
    });
  const open = await codeOf(conclude());
  office.at('2021-05-21T01:00:00.000Z');
  const unanswered = await codeOf(conclude());
  const { items } = await clerk(listComments, { params: params(), query: {} });
  for (const [index, { commentId }] of items.entries()) {
    const outcome = index === 0 ? ('adopted' as const) : ('not-adopted' as const);
    await clerk(answerComment, {
      params: { documentId, commentId },
      body: { outcome, text: '感谢您的意见' },
    });
  }
  const concluded = await conclude();
  const shown = await anybody(readPublicDocument, { params: params() });

  expect([open, unanswered]).toEqual(['CONSULTATION_OPEN', 'COMMENTS_UNANSWERED']);
  expect(concluded.summary).toMatchObject({ adopted: 1, partly: 0, notAdopted: 1 });
  // While the draft is revised its text is nobody's, but what became of the comments stays public.
  expect(shown.text).toBeUndefined();
  expect(shown.consultations[0]?.summary?.points).toHaveLength(1);
});

test('it is revised, submitted, sent back once, and issued by another officer under the next free number', async () => {
  const revise = async (text: string) => {
    const { version } = await read();
    return clerk(reviseDocument, { params: params(), body: { ...written, text, version } });
  };
  await revise('一、总体要求……三、增加助餐点');
  await clerk(submitDocument, { params: params() });
  await chief(returnDocument, { params: params(), body: { reason: '请补充资金来源' } });
  const stale = clerk(reviseDocument, { params: params(), body: { ...written, version: 1 } });
  expect(await codeOf(stale)).toBe('CHANGED_MEANWHILE');
  await revise('一、总体要求……四、资金来源');
  const draftIssued = leader(issueDocument, { params: params(), body: { inForceFrom: '2021-07-01' } });
  expect(await codeOf(draftIssued)).toBe('WRONG_STATE');
  await clerk(submitDocument, { params: params() });
  const issued = await leader(issueDocument, { params: params(), body: { inForceFrom: '2021-07-01' } });

  expect(issued).toMatchObject({ number: '婺民〔2021〕1号', standing: 'not-yet-in-force' });
  expect((await read()).history.map(({ state }) => state)).toEqual([
    'draft',
    'consulting',
    'consulted',
    'draft',
    'submitted',
    'draft',
    'submitted',
    'issued',
  ]);
  const town = office.desk(claimsOf('township-clerk', '330702100000'));
  expect((await town(listDocuments, { query: { number: '婺民〔2021〕1号' } })).items).toHaveLength(1);
  const elsewhere = office.desk(claimsOf('district-clerk', '330703000000'));
  expect((await elsewhere(listDocuments, { query: {} })).items).toEqual([]);
  expect(await codeOf(read(elsewhere))).toBe('DOCUMENT_NOT_FOUND');
});

test('a rule number that cites it leads to it, and it to the number', async () => {
  const { changeId } = await clerk(prepareChange, {
    params: { key: 'elder.adapt_avg' },
    body: { value: 6500, from: '2021-07-01', sourceDocument: '婺民〔2021〕1号' },
  });
  await leader(approveChange, { params: { key: 'elder.adapt_avg', changeId } });

  expect((await read()).parameters).toEqual([
    { key: 'elder.adapt_avg', name: '适老化改造户均标准', value: 6500, from: '2021-07-01' },
  ]);
  const { history } = await clerk(readParameter, { params: { key: 'elder.adapt_avg' }, query: {} });
  expect(history.at(-1)).toMatchObject({ documentId, value: 6500, source: '婺民〔2021〕1号' });
});

test('its successor ends it the day before it comes into force itself, and reading shows both ways', async () => {
  const ends = [{ documentId, how: 'replaced' as const }];
  const next = await clerk(draftDocument, { body: { ...written, title: '社区居家养老服务管理办法', ends } });
  successorId = next.documentId;
  await clerk(submitDocument, { params: { documentId: successorId } });
  const issue = (number?: string) =>
    leader(issueDocument, {
      params: { documentId: successorId },
      body: { number, inForceFrom: '2021-09-01' },
    });
  const taken = await codeOf(issue('婺民〔2021〕1号'));
  await issue('婺民〔2021〕3号');
  const old = await read();
  const successor = await clerk(readDocument, { params: { documentId: successorId } });
  const again = clerk(draftDocument, { body: { ...written, ends } });

  expect(taken).toBe('NUMBER_TAKEN');
  expect(old).toMatchObject({
    state: 'replaced',
    inForceTo: '2021-08-31',
    endedBy: { documentId: successorId },
  });
  expect(successor.ends).toMatchObject([{ documentId, number: '婺民〔2021〕1号', how: 'replaced' }]);
  expect(await codeOf(again)).toBe('ENDS_WHAT_IS_NOT_ISSUED');
  office.at('2021-09-18T01:00:00.000Z');
  expect((await read()).standing).toBe('replaced');
  expect((await anybody(readPublicDocument, { params: { documentId: successorId } })).standing).toBe(
    'in-force',
  );
});

test('of two drawn at once each gets a number of its own', async () => {
  const ids = await Promise.all(
    [1, 2].map(async () => {
      const drafted = await clerk(draftDocument, { body: written });
      await clerk(submitDocument, { params: { documentId: drafted.documentId } });
      return drafted.documentId;
    }),
  );
  const issue = async (id: string): Promise<string> => {
    const body = { inForceFrom: '2021-12-01' };
    for (;;) {
      try {
        return (await leader(issueDocument, { params: { documentId: id }, body })).number ?? '';
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'CHANGED_MEANWHILE') throw error;
      }
    }
  };
  const numbers = await Promise.all(ids.map(issue));

  // 3 was given by hand.
  expect(numbers.toSorted()).toEqual(['婺民〔2021〕2号', '婺民〔2021〕4号']);
});

test('every operation is refused to the roles that are not listed and to no other; the public ones ask for no token', async () => {
  for (const route of policyRoutes as readonly Route[]) {
    const codeAs = async (claims: object | undefined) =>
      Problem.safeParse((await office.send(route, claims, { params: {} })).body).data?.code;
    if (isPublic(route)) {
      expect(await codeAs(undefined), route.operationId).not.toBe('NOT_SIGNED_IN');
      continue;
    }
    const refused = await Promise.all(
      roles.map(async (role) => ((await codeAs(claimsOf(role))) === 'ROLE_NOT_ALLOWED' ? [role] : [])),
    );
    expect(refused.flat(), route.operationId).toEqual(roles.filter((role) => !route.roles.includes(role)));
    expect(await codeAs(undefined), route.operationId).toBe('NOT_SIGNED_IN');
  }
});
