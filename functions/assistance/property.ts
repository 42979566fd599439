import { yuan } from '../../shared/explanation.ts';
import { type Condition, factorText, perHeadText } from './condition.ts';
import type { Household } from './household.ts';

/** The property rules of the allowance and of all that lies next to it (rulebook A45–A48, S4). */

/** Money of all members is below what the standard adds up to over some years: exactly that much is over the line. */
const money: Condition = {
  rule: 'A45',
  title: '货币财产',
  parameters: ['dibao.money_property_years', 'dibao.standard'],
  holds: ({ facts, persons, rules }) => facts.property.moneyFen < rules.moneyLineFen * persons,
  text: ({ facts, persons, rules }) => {
    const isBelow = facts.property.moneyFen < rules.moneyLineFen * persons;
    const years = factorText(Math.round((rules.moneyLineFen * 100) / (12 * rules.standardFen)));
    return `人均货币财产 ${perHeadText(facts.property.moneyFen, persons)} ${isBelow ? '<' : '≥'} ${yuan(rules.moneyLineFen)}(${years} 年低保标准)`;
  },
  reason: 'over-property',
};

const vehicles: Condition = {
  rule: 'A46',
  title: '机动车船',
  holds: ({ facts }) => facts.property.vehicles === 0,
  text: ({ facts: { property } }) =>
    property.vehicles === 0 ? '无生活用机动车辆、船舶' : `有生活用机动车辆、船舶 ${property.vehicles} 辆(艘)`,
  reason: 'over-property',
};

const homesAllowed = ({ facts, rules }: Household): number => rules.homes[facts.residence];
/** One home more is no luxury as long as there is little room in them. */
const homesHold = (household: Household): boolean => {
  const { homes: owned, homeAreaAboveAverage } = household.facts.property;
  const allowed = homesAllowed(household);
  return owned <= allowed || (owned === allowed + 1 && !homeAreaAboveAverage);
};
const homesText = (household: Household): string => {
  const { homes: owned, homeAreaAboveAverage } = household.facts.property;
  const allowed = homesAllowed(household);
  const number = `住房 ${owned} 套,${household.facts.residence === 'urban' ? '城镇' : '农村'}家庭限 ${allowed} 套`;
  if (owned !== allowed + 1) return number;
  return `${number},多 1 套但人均建筑面积${homeAreaAboveAverage ? '不低于' : '低于'}当地平均水平`;
};

const homes: Condition = {
  rule: 'A47',
  title: '住房',
  parameters: ({ facts }) => [facts.residence === 'urban' ? 'dibao.homes_urban' : 'dibao.homes_rural'],
  holds: homesHold,
  text: homesText,
  reason: 'over-property',
};

const premises: Condition = {
  rule: 'A47',
  title: '非居住用房',
  holds: ({ facts }) => facts.property.businessPremises === 0,
  text: ({ facts: { property } }) =>
    property.businessPremises === 0
      ? '无商铺、办公楼、厂房、酒店式公寓'
      : `有商铺、办公楼、厂房、酒店式公寓 ${property.businessPremises} 处`,
  reason: 'over-property',
};

const company: Condition = {
  rule: 'A48',
  title: '经商办企业',
  parameters: ['dibao.company_capital'],
  holds: ({ facts, rules }) => facts.property.companyCapitalFen < rules.companyCapitalFen,
  text: ({ facts: { property }, rules }) =>
    `实际出资 ${yuan(property.companyCapitalFen)} ${property.companyCapitalFen < rules.companyCapitalFen ? '<' : '≥'} ${yuan(rules.companyCapitalFen)}`,
  reason: 'over-property',
};

const gift: Condition = {
  rule: 'A48',
  title: '放弃财产',
  holds: ({ facts }) => !facts.property.gaveAwayToQualify,
  text: ({ facts: { property } }) =>
    property.gaveAwayToQualify ? '为符合条件而赠与、放弃财产' : '无为符合条件而放弃财产的情形',
  reason: 'over-property',
};

const consumption: Condition = {
  rule: 'A48',
  title: '高消费',
  holds: ({ facts }) => facts.property.highConsumption !== true,
  text: ({ facts: { property } }) =>
    property.highConsumption ? '有自费出国留学、高收费就学等高消费' : '无自费出国留学、高收费就学等高消费',
  reason: 'over-property',
};

export const propertyWithin: readonly Condition[] = [
  money,
  vehicles,
  homes,
  premises,
  company,
  gift,
  consumption,
];
