/** Banks by the category code of the payment system (CNAPS, first three digits; rulebook certainty B). */
type KnownBank = { readonly code: string; readonly name: string; readonly words: readonly string[] };

/** Order decides: a local bank whose name contains a large one's is listed before it. */
const KNOWN: readonly KnownBank[] = [
  { code: '403', name: '邮储银行', words: ['邮储', '邮政储蓄', '邮政'] },
  { code: '402', name: '农商银行', words: ['农商', '农村商业银行', '农村信用', '农信', '信用社', '成泰'] },
  { code: '102', name: '工商银行', words: ['工商银行', '工行'] },
  { code: '103', name: '农业银行', words: ['农业银行', '农行'] },
  { code: '105', name: '建设银行', words: ['建设银行', '建行'] },
  { code: '301', name: '交通银行', words: ['交通银行', '交行'] },
  { code: '302', name: '中信银行', words: ['中信'] },
  { code: '303', name: '光大银行', words: ['光大'] },
  { code: '304', name: '华夏银行', words: ['华夏'] },
  { code: '305', name: '民生银行', words: ['民生银行'] },
  { code: '306', name: '广发银行', words: ['广发', '广东发展'] },
  { code: '307', name: '平安银行', words: ['平安银行'] },
  { code: '308', name: '招商银行', words: ['招商', '招行'] },
  { code: '309', name: '兴业银行', words: ['兴业'] },
  { code: '310', name: '浦发银行', words: ['浦发', '浦东发展'] },
  { code: '316', name: '浙商银行', words: ['浙商'] },
  { code: '313', name: '金华银行', words: ['金华银行'] },
  { code: '313', name: '泰隆银行', words: ['泰隆'] },
  { code: '313', name: '稠州银行', words: ['稠州'] },
  { code: '313', name: '台州银行', words: ['台州银行'] },
  { code: '313', name: '宁波银行', words: ['宁波银行'] },
  { code: '313', name: '杭州银行', words: ['杭州银行'] },
  { code: '104', name: '中国银行', words: ['中国银行', '中行'] },
];

export type Bank = { readonly code: string; readonly name: string; readonly known: boolean };

/** The code of a bank that is not listed; its lines still get a file of their own, under the name as written. */
export const UNLISTED = '000';

/** The head bank of a branch as rosters write it: 中国农业银行金华婺城支行 and 农行 are 农业银行. */
export const bankOf = (text: string): Bank => {
  const written = text.normalize('NFKC').replace(/\s/g, '');
  const bank = KNOWN.find(({ words }) => words.some((word) => written.includes(word)));
  return bank
    ? { code: bank.code, name: bank.name, known: true }
    : { code: UNLISTED, name: written, known: false };
};
