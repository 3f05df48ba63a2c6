import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../../../../functions/domain/report/side-by-side.ts';
import { publicAnswers } from '../../../../../functions/domain/public-answers.ts';
import { namesIn } from '../../../../../functions/domain/print-answer.ts';
import { coordinationMeeting2024 } from '../../../../../schemas/forms/coordination-meeting/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

describe('returns side by side', () => {
  it('are those of coordination meetings, of public answers without what is not open', () => {
    const given = Object.entries(fixture<Record<string, Answers>>('coordination-meeting.json'));
    const names = namesIn(saitama);
    const returns = given.map(([name, answers]) => ({
      unit: { code: '112038', name, kind: 'city' as const, members: ['112038'], editor: '112038' },
      answers: publicAnswers(coordinationMeeting2024, answers),
    }));
    const table = sideBySide(coordinationMeeting2024, returns, names, 'public');
    expect(table.columns.map(({ label }) => label)).toEqual(['項目', ...given.map(([name]) => name)]);
    const [population] = table.rows;
    expect(population?.slice(1).toSorted()).toEqual(['3,733,886人', '83,237人']);
  });
});
