import type { Template } from './template.ts';
import { planBindings, planBlocks } from './template-plan.ts';
import { workBindings, workBlocks } from './template-work.ts';

/** The bureau’s work report (C39): it follows the structure that the district is used to. */
export const workReport: Template = {
  title: '{area}民政{period}工作总结和下一步工作思路',
  blocks: [
    [
      'paragraph',
      '{period},{area}民政工作以提升民政服务供给质量为主线,更好满足广大人民群众民政服务需求,推进新时代{area}民政事业高质量发展。现将有关情况报告如下。',
    ],
    ...workBlocks,
    ...planBlocks,
  ],
  bindings: { ...workBindings, ...planBindings },
};

/** Whether the text has a figure of this name. */
export const isFigureOfText = (name: string): boolean => workReport.bindings[name]?.kind === 'figure';
