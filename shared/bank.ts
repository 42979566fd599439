/** A bank a file is written for. `code` is the first three digits of its payment-system number (CNAPS), the kind of bank. */
export type Bank = { readonly code: string; readonly name: string; readonly known: boolean };

/** The code of a bank that is not listed; its lines still get a file of their own, under the name as written. */
export const UNLISTED = '000';
/** 农村商业银行 and 农村信用社: in Zhejiang they clear through their provincial union. */
const RURAL = '402';

/** Codes are general knowledge of the payment system (rulebook certainty B); the bank that collects confirms them. */
const LISTED: readonly { readonly code: string; readonly name: string; readonly words: readonly string[] }[] =
  [
    { code: '102', name: '工商银行', words: ['中国工商银行', '工商银行', '工行'] },
    { code: '103', name: '农业银行', words: ['中国农业银行', '农业银行', '农行'] },
    { code: '104', name: '中国银行', words: ['中国银行', '中行'] },
    { code: '105', name: '建设银行', words: ['中国建设银行', '建设银行', '建行'] },
    { code: '301', name: '交通银行', words: ['交通银行', '交行'] },
    { code: '302', name: '中信银行', words: ['中信银行', '中信'] },
    { code: '303', name: '光大银行', words: ['中国光大银行', '光大银行', '光大'] },
    { code: '304', name: '华夏银行', words: ['华夏银行', '华夏'] },
    { code: '305', name: '民生银行', words: ['中国民生银行', '民生银行'] },
    { code: '306', name: '广发银行', words: ['广发银行', '广东发展银行', '广发'] },
    { code: '307', name: '平安银行', words: ['平安银行'] },
    { code: '308', name: '招商银行', words: ['招商银行', '招行'] },
    { code: '309', name: '兴业银行', words: ['兴业银行', '兴业'] },
    { code: '310', name: '浦发银行', words: ['上海浦东发展银行', '浦东发展银行', '浦发银行', '浦发'] },
    { code: '313', name: '金华银行', words: ['金华银行'] },
    { code: '313', name: '泰隆银行', words: ['浙江泰隆商业银行', '泰隆商业银行', '泰隆银行', '泰隆'] },
    { code: '313', name: '稠州银行', words: ['浙江稠州商业银行', '稠州商业银行', '稠州银行', '稠州'] },
    { code: '313', name: '台州银行', words: ['台州银行'] },
    { code: '313', name: '杭州银行', words: ['杭州银行'] },
    { code: '313', name: '宁波银行', words: ['宁波银行'] },
    { code: '316', name: '浙商银行', words: ['浙商银行', '浙商'] },
    {
      code: '403',
      name: '邮储银行',
      words: ['中国邮政储蓄银行', '邮政储蓄银行', '邮政储蓄', '邮储银行', '邮储', '邮政'],
    },
  ];

const listed = new Map<string, Bank>(
  LISTED.flatMap(({ code, name, words }) =>
    words.map((word) => [word, { code, name, known: true }] as const),
  ),
);
/** The bank stands before its branch, and a branch may be named like another bank (中国银行华夏路支行): the first word counts. */
const LISTED_WORD = new RegExp([...listed.keys()].join('|'));

/** Rural banks are named by their place: 义乌农商银行 is another bank than the district's own. */
const RURAL_WORD =
  /^(?:浙江省?)?(?:金华市?)?(.*?)(?:农村商业|农村合作银行|农村信用|农商|农信|信用联社|信用社)/;
const OWN_PLACES = new Set(['', '成泰', '婺城', '婺城区']);
const NEIGHBOURS = new Set(['义乌', '东阳', '永康', '兰溪', '浦江', '武义', '磐安']);

const ruralBankOf = (written: string): Bank | undefined => {
  const place = RURAL_WORD.exec(written)?.[1];
  if (place === undefined) return undefined;
  if (OWN_PLACES.has(place)) return { code: RURAL, name: '金华成泰农商银行', known: true };
  const neighbour = place.replace(/[市县]$/, '');
  return NEIGHBOURS.has(neighbour) ? { code: RURAL, name: `${neighbour}农商银行`, known: true } : undefined;
};

/**
 * The bank of a branch as rosters write it: 中国农业银行金华婺城支行 and 农行 are 农业银行. A name that is not listed is a bank
 * of its own, known by that name without spaces.
 */
export const bankOf = (text: string): Bank => {
  const written = text.normalize('NFKC').replace(/\s/g, '');
  const bank = ruralBankOf(written) ?? listed.get(LISTED_WORD.exec(written)?.[0] ?? '');
  return bank ?? { code: UNLISTED, name: written, known: false };
};
