import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { awsHost } from '../../shared/aws-host.ts';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { openPageFiles, type PageFiles } from './page-files.ts';

/** Set by Node for CommonJS, which the bundle is. */
declare const __dirname: string;

const YEAR_SECONDS = 31_536_000;

/** On one machine files are put to another port of it. */
const isOneMachine = (issuer: string): boolean => issuer.startsWith('http://127.0.0.1');

export type Settings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly name: string;
  readonly region: string;
};

/** The page runs its own scripts only and talks to its own server and the issuer of tokens; styles are written by the component library. */
const policy = ({ issuer, region }: Pick<Settings, 'issuer' | 'region'>): string => {
  const storage = isOneMachine(issuer) ? 'http://127.0.0.1:*' : `https://*.${awsHost('s3', region)}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ${issuer} ${storage}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

const secured = (settings: Settings) => ({
  'content-security-policy': policy(settings),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
});

/**
 * Answers files of the page. Names with a hash are kept by browsers for ever, all else is asked for again; a path that is no
 * file is a place within the page.
 */
export const servePage =
  (files: PageFiles, settings: Settings) =>
  async (
    event: Pick<APIGatewayProxyEventV2, 'pathParameters' | 'headers'>,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    const name = event.pathParameters?.file ?? '';
    if (name === 'config.json') {
      const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
      return { statusCode: 200, headers, body: JSON.stringify(settings) };
    }
    const file = files(name) ?? files('index.html');
    if (!file) throw new Error('The page was not built.');
    const headers = {
      ...secured(settings),
      'content-type': file.type,
      'cache-control': file.hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
      etag: file.etag,
    };
    if (event.headers['if-none-match'] === file.etag) return { statusCode: 304, headers };
    return {
      statusCode: 200,
      headers: { ...headers, 'content-encoding': 'gzip' },
      body: file.gzip().toString('base64'),
      isBase64Encoded: true,
    };
  };

export const handler = composed(() => {
  const { ISSUER, CLIENT_ID, ENVIRONMENT, AWS_REGION } = environment(
    'ISSUER',
    'CLIENT_ID',
    'ENVIRONMENT',
    'AWS_REGION',
  );
  const settings = { issuer: ISSUER, clientId: CLIENT_ID, name: ENVIRONMENT, region: AWS_REGION };
  return servePage(openPageFiles(join(__dirname, 'page')), settings);
});
