import { randomUUID } from 'node:crypto';
import type { Context, APIGatewayProxyEventV2WithJWTAuthorizer as HttpEvent } from 'aws-lambda';
import { answerCommentHandler } from '../functions/policy/answer-comment.ts';
import { approveChangeHandler } from '../functions/policy/approve-change.ts';
import { attachFileHandler } from '../functions/policy/attach-file.ts';
import { commentOnDocumentHandler } from '../functions/policy/comment-on-document.ts';
import { concludeConsultationHandler } from '../functions/policy/conclude-consultation.ts';
import { createDocumentUploadHandler } from '../functions/policy/create-document-upload.ts';
import { draftDocumentHandler } from '../functions/policy/draft-document.ts';
import { issueDocumentHandler } from '../functions/policy/issue-document.ts';
import { listChangesHandler } from '../functions/policy/list-changes.ts';
import { listCommentsHandler } from '../functions/policy/list-comments.ts';
import { listDocumentsHandler } from '../functions/policy/list-documents.ts';
import { listParametersHandler } from '../functions/policy/list-parameters.ts';
import { listProgrammesHandler } from '../functions/policy/list-programmes.ts';
import { listPublicDocumentsHandler } from '../functions/policy/list-public-documents.ts';
import { openConsultationHandler } from '../functions/policy/open-consultation.ts';
import { prepareChangeHandler } from '../functions/policy/prepare-change.ts';
import { readDocumentHandler } from '../functions/policy/read-document.ts';
import { readParameterHandler } from '../functions/policy/read-parameter.ts';
import { readProgrammeHandler } from '../functions/policy/read-programme.ts';
import { readPublicDocumentHandler } from '../functions/policy/read-public-document.ts';
import { rejectChangeHandler } from '../functions/policy/reject-change.ts';
import { returnDocumentHandler } from '../functions/policy/return-document.ts';
import { reviseDocumentHandler } from '../functions/policy/revise-document.ts';
import { submitDocumentHandler } from '../functions/policy/submit-document.ts';
import { unmaskCommenterHandler } from '../functions/policy/unmask-commenter.ts';
import { withdrawChangeHandler } from '../functions/policy/withdraw-change.ts';
import { drivenClock, systemClock } from '../infra/local/clock.ts';
import { openDatabase } from '../infra/local/database.ts';
import { openBench } from '../infra/local/dynamodb/in-process-client.ts';
import { openKeyRing } from '../infra/local/kms/keys.ts';
import { createKms } from '../infra/local/kms/kms.ts';
import { createObjects } from '../infra/local/objects/objects.ts';
import { serveAws } from '../infra/local/wire/server.ts';
import { openKeyService } from '../shared/data-key.ts';
import { openTable, type Table } from '../shared/dynamo.ts';
import { keyring } from '../shared/keyring.ts';
import { openObjects } from '../shared/objects.ts';
import { Problem } from '../shared/problem.ts';
import type { Role } from '../shared/role.ts';
import type { Route } from '../shared/route.ts';
import { type Desk, Refusal } from './desk.ts';

/**
 * The operations of policy in this process, for tests: the functions themselves on the engines of this machine, without the
 * gateway and the bundler. A day passes when somebody says so.
 */
export type PolicyOffice = {
  readonly table: Table;
  /** Moves the clock to a moment. */
  readonly at: (moment: string) => void;
  readonly send: (route: Route, claims: object | undefined, sent: Sent) => Promise<Sending>;
  /** An officer's desk; without claims, somebody's who has no token. */
  readonly desk: (claims?: object) => Desk;
  readonly stop: () => Promise<void>;
};
type Sent = { readonly params?: object; readonly query?: object; readonly body?: unknown };
type Sending = { readonly status: number; readonly body: unknown };
type Handler = (event: HttpEvent, context: Context) => Promise<unknown>;

const POLICY = {
  TableName: 'policy',
  AttributeDefinitions: ['pk', 'sk', 'listPk', 'listSk'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'listing',
      KeySchema: [
        { AttributeName: 'listPk', KeyType: 'HASH' },
        { AttributeName: 'listSk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Keys and files over the wire, as the functions reach them. */
const serve = () => {
  const keyRing = openKeyRing();
  const kms = createKms({ clock: drivenClock(0), region: 'cn-north-1', account: '000000000000', keyRing });
  kms.createKey({ keyId: 'personal-data' });
  const database = openDatabase(':memory:', 'test');
  // Links are signed by the machine's clock.
  const objects = createObjects({ database, clock: systemClock(), credentials, keyRing });
  objects.createBucket('policy');
  return serveAws({
    services: [kms],
    objects,
    port: 0,
    host: '127.0.0.1',
    onFault: (fault) => {
      throw fault;
    },
  });
};

const functionsOn = (table: Table, url: string, clock: () => string): Readonly<Record<string, Handler>> => {
  const env = {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'cn-north-1',
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_KMS: url,
  };
  const deps = { table, clock };
  const objects = openObjects('policy', env);
  const seals = keyring(table, openKeyService('personal-data', env), clock);
  return {
    createDocumentUpload: createDocumentUploadHandler(deps, objects, randomUUID),
    draftDocument: draftDocumentHandler(deps, randomUUID),
    reviseDocument: reviseDocumentHandler(deps),
    attachFile: attachFileHandler(deps, objects),
    submitDocument: submitDocumentHandler(deps),
    returnDocument: returnDocumentHandler(deps),
    issueDocument: issueDocumentHandler(deps),
    listDocuments: listDocumentsHandler(deps),
    readDocument: readDocumentHandler(deps, objects),
    openConsultation: openConsultationHandler(deps),
    concludeConsultation: concludeConsultationHandler(deps),
    listComments: listCommentsHandler(deps, seals),
    answerComment: answerCommentHandler(deps),
    unmaskCommenter: unmaskCommenterHandler(deps, seals),
    listPublicDocuments: listPublicDocumentsHandler(deps),
    readPublicDocument: readPublicDocumentHandler(deps, objects),
    commentOnDocument: commentOnDocumentHandler(deps, seals, randomUUID),
    listParameters: listParametersHandler(deps),
    readParameter: readParameterHandler(deps),
    prepareChange: prepareChangeHandler(deps, randomUUID),
    listChanges: listChangesHandler(deps),
    approveChange: approveChangeHandler(deps),
    rejectChange: rejectChangeHandler(deps),
    withdrawChange: withdrawChangeHandler(deps),
    listProgrammes: listProgrammesHandler(deps),
    readProgramme: readProgrammeHandler(deps),
  };
};

export const claimsOf = (role: Role, area = '330702000000') => ({
  sub: role,
  name: role,
  'huimin:role': role,
  'huimin:area': area,
});

/** Opens the office at a moment. */
export const openPolicyOffice = async (start: string): Promise<PolicyOffice> => {
  let now = start;
  const server = await serve();
  const table = openTable('policy', openBench([POLICY]).client);
  const handlers = functionsOn(table, server.url, () => now);
  const send: PolicyOffice['send'] = async (
    { operationId },
    claims,
    { params = {}, query = {}, body = {} },
  ) => {
    const event = {
      routeKey: operationId,
      rawPath: JSON.stringify(params),
      rawQueryString: '',
      headers: {},
      pathParameters: params,
      queryStringParameters: query,
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { requestId: randomUUID(), ...(claims ? { authorizer: { jwt: { claims } } } : {}) },
    };
    const handler = handlers[operationId];
    if (!handler) throw new Error(`No function serves ${operationId}.`);
    const answer = (await handler(event as unknown as HttpEvent, {} as Context)) as {
      readonly statusCode: number;
      readonly body: string;
    };
    return { status: answer.statusCode, body: JSON.parse(answer.body) as unknown };
  };
  const desk = (claims?: object): Desk =>
    (async (route: Route, sent: Sent) => {
      const { status, body } = await send(route, claims, sent);
      if (status >= 400) throw new Refusal(Problem.parse(body));
      return body;
    }) as Desk;
  return {
    table,
    at: (moment) => {
      now = moment;
    },
    send,
    desk,
    stop: () => server.close(),
  };
};
