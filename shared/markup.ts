/** HTML that is safe to write: built of literal markup and of texts that were escaped. */
export type Markup = { readonly markup: string };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

type Part = string | Markup | readonly Markup[];

const written = (part: Part): string => {
  if (typeof part === 'string') return escaped(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
};

/** Every interpolated text is escaped; markup goes in as it is. */
export const html = (literals: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: literals.reduce((text, literal, index) => text + written(parts[index - 1] ?? '') + literal),
});
