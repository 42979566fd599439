import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gb18030 } from './bank-file-bytes.ts';
import { readRosterFile } from './roster-file.ts';
import { checkRosterRow, columns } from './roster-row.ts';

const HEADER = Object.values(columns);
const ROW = [
  '低保',
  '330702-DB-2019-000001',
  '张三',
  '110105194912310021',
  '330702100200',
  '2',
  '1350.00',
  '2021-07',
  '',
  '',
  '6222020200000000006',
  '农行',
  '13812341234',
];

const csv = (rows: readonly (readonly string[])[], delimiter = ',', end = '\n') =>
  rows.map((row) => row.join(delimiter)).join(end);
const utf8 = (text: string) => new TextEncoder().encode(text);

const rowsOf = async (bytes: Uint8Array) => {
  const file = await readRosterFile(bytes);
  if ('problem' in file) throw new Error(file.problem);
  return file.rows;
};
const problemOf = async (bytes: Uint8Array) => {
  const file = await readRosterFile(bytes);
  return 'problem' in file ? file.problem : undefined;
};

/** A zip archive without compression, which is what an .xlsx is. */
const zip = (files: Readonly<Record<string, string>>): Uint8Array => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), content]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
};

type Cell = string | number | { readonly date: number };
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

const cellXml = (cell: Cell, column: number, row: number): string => {
  const at = `r="${String.fromCharCode(65 + column)}${row}"`;
  if (typeof cell === 'string') return `<c ${at} t="inlineStr"><is><t>${cell}</t></is></c>`;
  return typeof cell === 'number' ? `<c ${at}><v>${cell}</v></c>` : `<c ${at} s="1"><v>${cell.date}</v></c>`;
};

/** A workbook of one sheet, in which style 1 shows a date as `yyyy-mm`. */
const workbook = (rows: readonly (readonly Cell[])[]): Uint8Array =>
  zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="花名册" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm"/></numFmts><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows
      .map(
        (row, index) =>
          `<row r="${index + 1}">${row.map((cell, column) => cellXml(cell, column, index + 1)).join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`,
  });

describe('roster files in CSV', () => {
  const cells = Object.fromEntries(Object.keys(columns).map((column, index) => [column, ROW[index]]));

  test('UTF-8 with and without a byte order mark and GB18030 are told apart by their bytes', async () => {
    const text = csv([HEADER, ROW]);
    for (const bytes of [utf8(text), utf8(`\uFEFF${text}`), gb18030(text)])
      expect(await rowsOf(bytes)).toEqual([{ row: 2, cells }]);
  });

  test('a rare character survives in every encoding', async () => {
    const text = csv([HEADER, ROW.with(2, '王䶮𬭚')]);
    for (const bytes of [utf8(text), gb18030(text)]) {
      const [row] = await rowsOf(bytes);
      expect(row?.cells.name).toBe('王䶮𬭚');
    }
  });

  test('tabs and semicolons part columns as commas do, and Windows line ends count', async () => {
    for (const delimiter of [',', '\t', ';'])
      expect(await rowsOf(utf8(csv([HEADER, ROW], delimiter, '\r\n')))).toEqual([{ row: 2, cells }]);
  });

  test('a quoted cell may hold the delimiter and quotes', async () => {
    const text = csv([HEADER, ROW.with(6, '"1,350.00"'), ROW.with(2, '"张""三"""'), ROW]);
    const rows = await rowsOf(utf8(text));
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 4]);
    expect(rows[0]?.cells.amount).toBe('1,350.00');
    expect(rows[1]?.cells.name).toBe('张"三"');
  });

  test('a quote that is never closed spoils its own row only', async () => {
    const rows = await rowsOf(utf8(csv([HEADER, ROW, ROW.with(2, '"张三'), ROW])));
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 4]);
    expect(rows[1]?.cells.identityNumber).toBe('');
    expect(rows[2]?.cells).toEqual(cells);
  });

  test('columns may come in any order among others, their headers in full width and with spaces', async () => {
    const shuffled = [...HEADER].reverse().map((name) => (name === '案号' ? ' 案 号 ' : name));
    const text = csv([
      ['备注(不用)', ...shuffled],
      ['随便', ...[...ROW].reverse()],
    ]);
    expect(await rowsOf(utf8(text))).toEqual([{ row: 2, cells }]);
  });

  test('columns that may be empty may be absent', async () => {
    const text = csv([HEADER.slice(0, 8), ROW.slice(0, 8)]);
    const [row] = await rowsOf(utf8(text));
    expect(row?.cells).toMatchObject({ to: '', account: '', bank: '', phone: '' });
  });

  test('a title above the header and empty rows are skipped, row numbers stay those of the file', async () => {
    for (const delimiter of [',', '\t', ';']) {
      const text = csv([['2021年7月低保花名册'], [], HEADER, [], ROW, ROW.map(() => ' '), ROW], delimiter);
      expect((await rowsOf(utf8(text))).map(({ row }) => row)).toEqual([5, 7]);
    }
  });

  test('a row that is too short has empty cells instead of failing its file', async () => {
    const [row] = await rowsOf(utf8(csv([HEADER, ROW.slice(0, 3)])));
    expect(row?.cells).toMatchObject({ name: '张三', identityNumber: '', amount: '' });
  });
});

describe('roster files in XLSX', () => {
  test('text cells are read as they stand', async () => {
    expect(await rowsOf(workbook([HEADER, ROW]))).toEqual(await rowsOf(utf8(csv([HEADER, ROW]))));
  });

  test('a month kept as a date, a count and an amount kept as numbers mean what they show', async () => {
    const july2021 = { date: 44_378 };
    const row: Cell[] = ROW.map((cell, index) =>
      [5, 6].includes(index) ? Number(cell) : index === 7 ? july2021 : cell,
    );
    const [read] = await rowsOf(workbook([HEADER, row]));
    expect(read?.cells).toMatchObject({ persons: '2', amount: '1350', from: '2021-07-01' });
  });

  test('the noise of a formula is no third decimal, a real third decimal is', async () => {
    const rows = [1350.1000000000001, 0.1 + 0.2, 838.125].map((amount) =>
      ROW.map((cell, index): Cell => (index === 6 ? amount : cell)),
    );
    const read = await rowsOf(workbook([HEADER, ...rows]));
    expect(read.map(({ cells }) => cells.amount)).toEqual(['1350.1', '0.3', '838.125']);
  });

  test('an identity number kept as a number is refused with the way to mend it, for Excel has lost its end', async () => {
    const row = ROW.map((cell, index): Cell => (index === 3 ? Number(cell) : cell));
    const [read] = await rowsOf(workbook([HEADER, row]));
    if (!read) throw new Error('The row is missing.');
    const { findings } = checkRosterRow(read.cells, read.row, '2021-07-01');
    expect(findings).toMatchObject([{ row: 2, column: '身份证号', code: 'NUMBER_CELL', refused: true }]);
    expect(findings[0]?.reason).toContain('文本');
  });

  test('the bytes may lie anywhere in a larger memory', async () => {
    const file = workbook([HEADER, ROW]);
    const shared = new Uint8Array(file.length + 20).fill(7);
    shared.set(file, 10);
    expect(await rowsOf(shared.subarray(10, 10 + file.length))).toHaveLength(1);
    expect(await rowsOf(Buffer.from(shared.buffer, 10, file.length))).toHaveLength(1);
  });
});

describe('files that are no roster', () => {
  test('missing columns are named', async () => {
    const text = csv([HEADER.filter((name) => name !== '案号' && name !== '月金额'), ROW.slice(2)]);
    expect(await problemOf(utf8(text))).toBe('表头缺少:案号、月金额');
  });

  test('an empty file and a header alone are told apart', async () => {
    expect(await problemOf(utf8(''))).toBe('文件是空的');
    expect(await problemOf(utf8(' \n\n,,\n'))).toBe('文件是空的');
    expect(await problemOf(utf8(csv([HEADER])))).toBe('表头下面没有数据');
    expect(await problemOf(workbook([]))).toBe('文件是空的');
  });

  test('an old Excel file is named, with what to do', async () => {
    expect(await problemOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toContain('.xls');
  });

  test('a zip that is no workbook and a picture are refused', async () => {
    expect(await problemOf(zip({ 'a.txt': 'text' }))).toBe('文件不是可读取的 Excel 表格');
    expect(await problemOf(workbook([HEADER, ROW]).subarray(0, 400))).toBe('文件不是可读取的 Excel 表格');
    expect(await problemOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toContain('表头缺少');
  });
});
