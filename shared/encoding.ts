/**
 * The text of a file in either encoding that Chinese offices save: strict UTF-8 (a byte order mark is dropped), else GB18030.
 * GB18030 text is practically never valid UTF-8, so trying in this order tells them apart; a file cut off inside a character
 * is still UTF-8, less that character.
 */
export const decodeText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('gb18030').decode(bytes);
  }
};
