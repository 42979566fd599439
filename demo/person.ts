import { checkDigit, type Sex, sexOf } from '../shared/identity-number.ts';
import { between, type Chance, oneOf } from './chance.ts';

export type Person = { readonly name: string; readonly identityNumber: string; readonly phone: string };

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭',
];
/** 䶮 is here because it needs GB18030: a real given name that GBK cannot write. */
const GIVEN: Record<Sex, readonly string[]> = {
  male: [...'伟强磊军洋勇杰涛明超刚根水土金木火生富贵福寿康德仁义礼智信文武斌龙䶮国庆建华永良'],
  female: [...'芳娜秀英敏静丽艳娟兰霞平桂梅花珍凤仙香玉春夏秋冬宁琴萍燕玲红婷素月彩云'],
};

/**
 * No place was ever given this code, so no number that begins with it is anybody's. Only the province's digits are checked,
 * because those after them name the place of first issue, which may be long gone.
 */
const UNASSIGNED_PLACE = '330799';
/** No mobile network of the country has numbers that begin with 12. */
const UNASSIGNED_NETWORK = '12';

/** A name by surname and sex; the guardian of a child is given the child's surname. */
export const inventName = (chance: Chance, sex: Sex, surname = oneOf(chance, SURNAMES)): string =>
  surname + oneOf(chance, GIVEN[sex]) + (chance() < 0.75 ? oneOf(chance, GIVEN[sex]) : '');

const inventIdentityNumber = (chance: Chance, bornFrom: number, bornTo: number): string => {
  const year = between(chance, bornFrom, bornTo);
  const monthAndDay = between(chance, 1, 12) * 100 + between(chance, 1, 28);
  const sequence = between(chance, 1, 999);
  const first17 = `${UNASSIGNED_PLACE}${year}${String(monthAndDay).padStart(4, '0')}${String(sequence).padStart(3, '0')}`;
  return first17 + checkDigit(first17);
};

export type InventPerson = (chance: Chance, bornFrom: number, bornTo: number) => Person;

/** Invents people who were born in a range of years; no two from one inventor share an identity number. */
export const peopleInventor = (): InventPerson => {
  const taken = new Set<string>();
  return (chance, bornFrom, bornTo) => {
    let identityNumber = inventIdentityNumber(chance, bornFrom, bornTo);
    while (taken.has(identityNumber)) identityNumber = inventIdentityNumber(chance, bornFrom, bornTo);
    taken.add(identityNumber);
    const phone = `${UNASSIGNED_NETWORK}${between(chance, 100_000_000, 999_999_999)}`;
    return { name: inventName(chance, sexOf(identityNumber)), identityNumber, phone };
  };
};
