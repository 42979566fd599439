const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML; characters XML 1.0 cannot carry are written as references, as S3 does. */
const escapeText = (text: string): string =>
  text
    .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char)
    .replace(/[\p{Cc}]/gu, (char) => `&#x${char.codePointAt(0)?.toString(16)};`);

export type Xml = { readonly [name: string]: string | number | boolean | Xml | readonly Xml[] | undefined };

const element = (name: string, content: Xml[string]): string => {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((each: Xml) => element(name, each)).join('');
  if (typeof content === 'object') return `<${name}>${children(content as Xml)}</${name}>`;
  return `<${name}>${escapeText(String(content))}</${name}>`;
};

const children = (content: Xml): string =>
  Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('');

/** An XML document; a list makes one element of its name for each member. */
export const xml = (root: string, content: Xml, namespace = ''): Buffer => {
  const attribute = namespace ? ` xmlns="${namespace}"` : '';
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${children(content)}</${root}>`,
  );
};
