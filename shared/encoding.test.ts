import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeText } from './encoding.ts';

const chinese = fc.stringMatching(/^[一-龥|0-9]{4,40}$/);

test('text in UTF-8, with or without a mark, and in GB18030 is read as it was written', () => {
  fc.assert(
    fc.property(chinese, (text) => {
      expect(decodeText(Buffer.from(text))).toBe(text);
      expect(decodeText(Buffer.from(`\uFEFF${text}`))).toBe(text);
      expect(decodeText(iconv.encode(`${text}婺城區䶮`, 'gb18030'))).toBe(`${text}婺城區䶮`);
    }),
  );
});

test('a UTF-8 file cut off inside a character keeps everything before it', () => {
  const whole = Buffer.from('DTL|1|张三|低保');
  expect(decodeText(whole.subarray(0, whole.length - 1))).toBe('DTL|1|张三|低');
});
