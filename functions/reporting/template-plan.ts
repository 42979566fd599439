import { awaits, type Binding, type TemplateBlock } from './template.ts';

/** 二、下一步工作思路: intentions, with the few numbers that are decided already. */

export const planBlocks: readonly TemplateBlock[] = [
  ['heading1', '二、下一步工作思路'],
  [
    'paragraph',
    '1、健全和完善分层分类社会救助体系,兜住基本民生保障底线。探索建立以最低生活保障为基础、专项救助为支撑、急难救助为辅助、社会力量参与为补充的分层分类梯度社会救助制度体系,健全完善解决相对贫困防止返贫长效机制。一是统筹救助资源,推广社会救助“一件事”联办;二是深化“党员+社会救助”机制,开展困难家庭排查,进一步查漏补缺;三是每个乡镇(街道)通过购买服务方式落实社会救助专职人员,提升基层民政服务能力;四是实施精准救助,完善社会救助渐退期机制;五是预计{standard-date}起{area}最低生活保障标准从原先的每人每月{standard-before}元提高到{standard-after}元。',
  ],
  [
    'paragraph',
    '2、健全和完善养老服务体系,积极应对人口老龄化。加快推进以居家为基础、社区为依托、机构充分发展、医养有机结合的多层次养老服务体系,不断满足老年人多样化养老服务需求。',
  ],
  [
    'paragraph',
    '3、健全和完善基层社会治理体系,推进社会治理机制创新。进一步探索以社区为平台、社会组织为载体、社会工作为支撑的“三社联动”基层社会治理有益途径,加大政府购买服务力度,完成{stations-planned}家乡镇(街道)社工站建设。',
  ],
  [
    'paragraph',
    '4、健全和完善基本社会服务体系,提升人民群众生活品质。深化生态殡葬改革,加强区、乡镇(街道)、村(社区)三级慈善组织网络建设,依法规范行政区划管理,深化婚姻家庭辅导教育和婚俗改革,做好移民稳定工作。',
  ],
];

const standard = { kind: 'change', key: 'dibao.standard', when: 'after' } as const;

export const planBindings: Readonly<Record<string, Binding>> = {
  'standard-date': { ...standard, label: '低保标准调整日期', part: 'date' },
  'standard-before': { ...standard, label: '低保标准(调整前)', part: 'before' },
  'standard-after': { ...standard, label: '低保标准(调整后)', part: 'after' },
  'stations-planned': awaits('governance', '下一步社工站建设计划'),
};
