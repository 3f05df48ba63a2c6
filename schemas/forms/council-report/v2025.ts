/** 協議会活動報告書 as in 2024, with a contact whom the prefecture can reach: on the first page, so that there is none more. */

import { extend } from '../../extend.ts';
import { group } from '../../kinds/question.ts';
import { contactFields, contactHelp, reachable } from '../../usual-contact.ts';
import { councilReport2024 } from './v2024.ts';

export const councilReport2025 = extend(
  councilReport2024,
  2025,
  {
    add: { profile: { contact: group('回答者連絡先', contactFields).help(contactHelp) } },
    rules: [reachable('profile.contact')],
  },
  { isResolvedLate: true },
);
