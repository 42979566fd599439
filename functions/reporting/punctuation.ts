const fullWidth: Readonly<Record<string, string>> = {
  ',': '\uff0c',
  ';': '\uff1b',
  ':': '\uff1a',
  '(': '\uff08',
  ')': '\uff09',
};
/** Punctuation as GB/T 15834 wants it in Chinese text; our figures have no separators that could be taken for it. */
export const punctuated = (text: string): string =>
  text.replace(/[,;:()]/g, (mark) => fullWidth[mark] ?? mark);
