/** Account numbers as written, without the spaces and hyphens people group them by; undefined when it is none. */
export const parseAccount = (text: string): string | undefined => {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{8,32}$/.test(digits) ? digits : undefined;
};

/** The check digit of bank cards. Savings passbooks have none, so a failure is a reason to look, not to refuse (rulebook I.6). */
export const satisfiesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
};
