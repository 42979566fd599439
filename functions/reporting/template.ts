import type { ParameterKey } from '../../shared/parameter.ts';

/** The half-year report as a value: text in the bureau’s words, and for each figure in it what it is bound to. */

export type Binding = { readonly label: string } & (
  | {
      readonly kind: 'figure';
      readonly indicator: `${string}.${string}`;
      readonly programme?: string;
      /** Counted as it is, or money in 万元 with two decimals (rulebook K). */
      readonly show: 'count' | 'wan';
    }
  /** A rule number as it holds at the end of the period. */
  | { readonly kind: 'parameter'; readonly key: ParameterKey }
  /** A rule number that changed: in the period, or first after it. */
  | {
      readonly kind: 'change';
      readonly key: ParameterKey;
      readonly when: 'in-period' | 'after';
      readonly part: 'before' | 'after' | 'date';
    }
  /** A document by its title; its number, once it was issued. */
  | { readonly kind: 'document'; readonly title: string }
  /** A business whose context has not landed: nothing was recorded, so nothing is said. */
  | { readonly kind: 'awaits'; readonly business: Business }
);

export const businesses = {
  children: '儿童福利',
  eldercare: '养老服务',
  governance: '基层社会治理',
  marriage: '婚姻登记',
  burial: '殡葬管理',
  charity: '慈善工作',
  placenames: '区划地名',
  resettlement: '水库移民',
} as const;
export type Business = keyof typeof businesses;

/** Binds a figure of an indicator. */
export const figure = (
  label: string,
  indicator: `${string}.${string}`,
  show: 'count' | 'wan',
  programme?: string,
): Binding => ({ kind: 'figure', label, indicator, show, ...(programme === undefined ? {} : { programme }) });

export const awaits = (business: Business, label: string): Binding => ({ kind: 'awaits', business, label });

export type BlockKind = 'heading1' | 'heading2' | 'paragraph';
/** `{id}` in a text stands for the binding of that name; `{area}`, `{period}` and `{year}` for what the report is of. */
export type TemplateBlock = readonly [kind: BlockKind, text: string];

export type Template = {
  readonly title: string;
  readonly blocks: readonly TemplateBlock[];
  readonly bindings: Readonly<Record<string, Binding>>;
};

/** The names in a text, in order. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{([a-z0-9-]+)\}/g)].map(([, name = '']) => name);
