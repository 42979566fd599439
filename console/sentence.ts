const FULL_WIDTH: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：' };

/** A sentence of the API with the punctuation of Chinese (GB/T 15834); what belongs to a number, a formula or a code stays as it is. */
export const sentenceText = (sentence: string): string =>
  sentence
    .replace(/(?<=\p{Script=Han})[,;:]|[,;:](?=\p{Script=Han})/gu, (mark) => FULL_WIDTH[mark] ?? mark)
    .replace(/(?<=\p{Script=Han})\(([^()]*)\)/gu, '（$1）');
