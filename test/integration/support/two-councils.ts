/** Two councils of the same two municipalities, which one of them leads, and a municipality that is in neither; a round that asks them all. */

import { directory as directorySchema } from '../../../schemas/directory.ts';
import { openRound, openSystem } from './fixtures.ts';
import type { TestSystem } from './system.ts';

export const lead = '112038';
export const member = '112011';
export const stranger = '113018';

export const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: lead, name: '川口市', kind: 'city' },
    { code: member, name: '川越市', kind: 'city' },
    { code: stranger, name: '伊奈町', kind: 'town' },
  ],
  councils: [
    { id: 'joint', name: '合同協議会', members: [lead, member], lead },
    { id: 'moving', name: '事務局の替わる協議会', members: [lead, member], lead },
  ],
});

export const roundDefinition = openRound({ 'council-report': 2024, 'municipal-survey': 2024 });
export const round = '/api/rounds/R6';
export const joint = `${round}/returns/council-report/joint`;
export const moving = `${round}/returns/council-report/moving`;

export function openTwoCouncils(system: TestSystem): Promise<void> {
  return openSystem(system, directory, 'R6', roundDefinition);
}
