import type { PrefectureSettings } from './schema.ts';

export const gunma: PrefectureSettings = {
  purpose: 'demo',
  code: '100005',
  name: '群馬県',
  contact: { department: '健康福祉部 障害政策課', phone: '027-000-0000', email: 'chousa@gunma.example' },
  identity: { kind: 'own', domainPrefix: 'yoriai-gunma' },
  alarmRecipients: ['chousa@gunma.example'],
};
