/** The round that everything is measured in. */

import type { Round } from '../../schemas/round.ts';

export const round: Round = {
  id: 'R6',
  name: '令和6年度調査',
  fiscalYear: 2024,
  compareYear: 2022,
  referenceDate: '2024-09-30',
  asOf: { consultation: '2024-04-01' },
  period: { from: '2023-04', to: '2024-09' },
  forms: { 'council-report': 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
  directoryVersion: 1,
};
