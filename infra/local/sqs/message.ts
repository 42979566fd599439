import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import { invalidParameter } from './errors.ts';

export const MessageAttribute = z.strictObject({
  DataType: z.string().regex(/^(String|Number|Binary)(\..+)?$/, 'must be String, Number or Binary'),
  StringValue: z.string().min(1).optional(),
  /** Base64 on the wire. */
  BinaryValue: z.string().min(1).optional(),
});
export type MessageAttribute = z.infer<typeof MessageAttribute>;

export const MessageAttributes = z.record(
  z.string().regex(/^(?!aws\.|amazon\.|\.)[\w.-]{1,256}$/i, 'not a message attribute name'),
  MessageAttribute,
);
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const MOST_ATTRIBUTES = 10;

/** XML 1.0's characters: SQS takes no others, although JSON would carry them. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

export const md5 = (content: string | Buffer): string => createHash('md5').update(content).digest('hex');

const isBinary = (attribute: MessageAttribute): boolean => attribute.DataType.startsWith('Binary');

const bytesOf = (attribute: MessageAttribute): Buffer =>
  isBinary(attribute)
    ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
    : Buffer.from(attribute.StringValue ?? '');

const withLength = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const STRING_TRANSPORT = Buffer.from([1]);
const BINARY_TRANSPORT = Buffer.from([2]);

/** The digest SQS documents for message attributes: by name, each part with its length before it. */
export const md5OfAttributes = (attributes: MessageAttributes): string | undefined => {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(attribute.DataType)));
    hash.update(isBinary(attribute) ? BINARY_TRANSPORT : STRING_TRANSPORT);
    hash.update(withLength(bytesOf(attribute)));
  }
  return hash.digest('hex');
};

/** Bytes that count towards the size limit: body, and name, type and value of each attribute. */
export const sizeOf = (body: string, attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (size, [name, attribute]) =>
      size + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + bytesOf(attribute).length,
    Buffer.byteLength(body),
  );

/** Refuses what SQS refuses in a message: too large, empty, characters outside XML 1.0, attributes without a value. */
export const checkMessage = (body: string, attributes: MessageAttributes, largest: number): void => {
  if (body === '') throw invalidParameter('The request must contain the parameter MessageBody.');
  if (FORBIDDEN.test(body))
    throw new AwsError('InvalidMessageContents', 'The message has characters outside XML 1.0.');
  if (Object.keys(attributes).length > MOST_ATTRIBUTES) {
    throw invalidParameter(`A message has at most ${MOST_ATTRIBUTES} attributes.`);
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    if (bytesOf(attribute).length === 0) {
      throw invalidParameter(
        `Message attribute '${name}' must have a value of its type ${attribute.DataType}.`,
      );
    }
  }
  if (sizeOf(body, attributes) > largest) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${largest} bytes.`,
    );
  }
};

/** Attributes a receiver asked for by name, by `prefix.*`, or all with `All` or `.*`. */
export const selectAttributes = (
  attributes: MessageAttributes,
  wanted: readonly string[],
): MessageAttributes => {
  const isWanted = (name: string) =>
    wanted.some(
      (pattern) =>
        pattern === 'All' ||
        pattern === name ||
        (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
};
