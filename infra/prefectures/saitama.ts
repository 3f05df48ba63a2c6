import type { PrefectureSettings } from './schema.ts';

export const saitama: PrefectureSettings = {
  purpose: 'demo',
  code: '110001',
  name: '埼玉県',
  contact: { department: '福祉部 障害者支援課', phone: '048-000-0000', email: 'chousa@saitama.example' },
  identity: { kind: 'own', domainPrefix: 'yoriai-saitama' },
  alarmRecipients: ['chousa@saitama.example'],
};
