/** 支援調整会議実施状況票 as in 2024, with a contact whom the prefecture can reach. */

import { extend } from '../../extend.ts';
import { section } from '../../kinds/question.ts';
import { contactFields, contactHelp, reachable } from '../../usual-contact.ts';
import { coordinationMeeting2024 } from './v2024.ts';

export const coordinationMeeting2025 = extend(
  coordinationMeeting2024,
  2025,
  {
    sections: { contact: section('回答者連絡先', contactFields).help(contactHelp).internal() },
    rules: [reachable('contact')],
  },
  { isResolvedLate: true },
);
