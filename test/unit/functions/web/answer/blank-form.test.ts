import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { BlankForm } from '../../../../../functions/web/answer/blank-form.tsx';
import { form } from '../../../../../schemas/form.ts';
import { choice, count, list, section } from '../../../../../schemas/kinds/question.ts';
import { round } from '../../../schemas/forms/returns.ts';

describe('the columns of a short list on paper', () => {
  it('say when they are asked and what counts, as questions do that stand alone', async () => {
    const asked = form(
      'offices',
      1,
      { title: '', units: 'municipality', help: '' },
      {
        s: section('事業所', {
          offices: list('事業所', 5, {
            kind: choice('種別', { own: '直営', given: '委託' }),
            staff: count('職員', '人').numbered('問2').when({ 's.offices.kind': 'given' }).help('兼務を含みます。'),
          }),
        }),
      },
    );
    const page = (await html`${BlankForm({ sections: asked.sections, round })}`).toString();
    const [, heading = ''] = /<thead>(.*?)<\/thead>/s.exec(page) ?? [];
    const words = heading.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(words).toContain('問2 職員（該当する場合のみ：「種別」が「委託」の場合）');
    expect(words).toContain('兼務を含みます。');
  });
});
