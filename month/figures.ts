import { fenToYuan } from '../shared/money.ts';

/** Figures as the bureau writes them: thousands separated, yuan with two decimals. */

const separated = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');

export const countText = (count: number): string => separated(String(count));

export const yuanText = (fen: number): string => {
  const [yuan = '', decimals = ''] = fenToYuan(fen).split('.');
  const sign = yuan.startsWith('-') ? '-' : '';
  return `${sign}${separated(yuan.slice(sign.length))}.${decimals}`;
};
