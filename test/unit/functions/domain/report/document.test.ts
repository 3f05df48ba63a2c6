import { describe, expect, it } from 'vitest';
import { settingsFor } from '../../../../../functions/domain/report/document.ts';

describe('the settings of an export’s report', () => {
  const kept = { meeting: '県協議会', division: '障害者支援課' };

  it('are those kept for the round', () => {
    expect(settingsFor({ division: '福祉部', kept })).toEqual(kept);
  });

  it('give way to what the command is told, one by one', () => {
    expect(settingsFor({ kept, told: { meeting: '専門部会', date: '2025-01-20' } })).toEqual({
      ...kept,
      meeting: '専門部会',
      date: '2025-01-20',
    });
  });

  it('name the deployment’s division where nobody says another, and none where there is none', () => {
    expect(settingsFor({ division: '福祉部', kept: { meeting: '県協議会' } })).toEqual({
      meeting: '県協議会',
      division: '福祉部',
    });
    expect(settingsFor({ kept: {} })).toEqual({});
  });
});
