import type { NotificationKind } from './notification-kind.js';
import type { Bilingual } from './text.js';

interface Told {
  readonly kind: NotificationKind;
  readonly fileNo: string | null;
  readonly stage: string | null;
  readonly unit: string | null;
}

const STAGES: Readonly<Record<string, Bilingual>> = {
  intake: { zh: '受理', en: 'intake' },
  investigation: { zh: '调查', en: 'investigation' },
  review: { zh: '审查', en: 'review' },
  deliberation: { zh: '审议', en: 'deliberation' },
  approval: { zh: '审批', en: 'approval' },
  contract: { zh: '签约', en: 'contract' },
  release: { zh: '放款', en: 'release' },
};

/** What a notification says: file numbers and posts, never a customer's name. */
export function notificationText({ kind, fileNo, stage, unit }: Told): Bilingual {
  const at = STAGES[stage ?? ''] ?? { zh: stage ?? '', en: stage ?? '' };
  switch (kind) {
    case 'waiting':
      return { zh: `申请 ${fileNo} 待${at.zh}`, en: `application ${fileNo} waits for ${at.en}` };
    case 'referred':
      return {
        zh: `申请 ${fileNo} 有发现待书面答复`,
        en: `application ${fileNo} has findings that wait for your answer`,
      };
    case 'late':
      return {
        zh: `申请 ${fileNo} ${at.zh}超过时限`,
        en: `application ${fileNo} is beyond the time limit of ${at.en}`,
      };
    case 'lapsed':
      return { zh: `申请 ${fileNo} 超过时限终止`, en: `application ${fileNo} has lapsed` };
    case 'refused':
      return { zh: `申请 ${fileNo} 未获通过`, en: `application ${fileNo} was refused` };
    case 'released':
      return { zh: `申请 ${fileNo} 已放款`, en: `application ${fileNo} was released` };
    case 'suspended':
      return { zh: `${unit} 次日起暂停授权`, en: `${unit} has no authority from the next day on` };
    case 'draft_submitted':
      return { zh: '规则草案待复核', en: 'a draft of rules waits to be checked' };
    case 'draft_checked':
      return { zh: '规则草案已复核，待发布', en: 'a draft of rules was checked and waits to be published' };
    case 'draft_returned':
      return { zh: '规则草案被退回', en: 'a draft of rules was returned' };
    case 'rules_published':
      return { zh: '规则已发布，自生效日起执行', en: 'rules were published and are in force from their day' };
    case 'stop_ordered':
      return {
        zh: '产品停办待另一人确认，一小时内有效',
        en: 'a stop of a product waits for a second person, for an hour',
      };
    case 'product_stopped':
      return { zh: '产品已紧急停办', en: 'a product is stopped' };
    case 'lifting_ordered':
      return {
        zh: '解除停办待另一人确认，一小时内有效',
        en: 'the lifting of a stop waits for a second person, for an hour',
      };
    case 'stop_lifted':
      return { zh: '产品恢复办理', en: 'the stop of a product was lifted' };
    case 'impact_done':
      return { zh: '规则影响测算已完成', en: 'an impact run is done' };
    case 'impact_failed':
      return { zh: '规则影响测算未能完成', en: 'an impact run has failed' };
  }
}
