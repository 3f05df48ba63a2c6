import { describe, expect, it } from 'vitest';
import { AcrossReturns } from '../../../../functions/domain/across-returns.ts';
import { extend } from '../../../../schemas/extend.ts';
import { form } from '../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import { choices, count, section } from '../../../../schemas/kinds/question.ts';

const later = extend(municipalSurvey2024, 2025, { add: { consultation: { drills: count('訓練', '回') } } });
/** The later one without questions that the checks read. */
const without = form(
  'municipal-survey',
  2026,
  { title: '市町村調査票', units: 'municipality', help: '' },
  { issues: section('課題', { captureMethods: choices('把握の方法', { survey: '調査' }) }) },
);

function checked(...forms: ConstructorParameters<typeof AcrossReturns>[0]): readonly string[] {
  const across = new AcrossReturns(forms);
  const named = (each: AcrossReturns['checked']): string[] => each.map(({ id, version }) => `${id} ${version}`);
  return [
    `checked ${named(across.checked).join(', ')}`,
    `not ${named(across.unchecked).join(', ')}`,
    `${across.isRun}`,
  ];
}

describe('whether the returns of a form are checked across', () => {
  it('follows from the questions that its version asks, and not from the version', () => {
    expect(checked(later, councilReport2024)).toEqual([
      'checked municipal-survey 2025, council-report 2024',
      'not ',
      'true',
    ]);
    expect(checked(without, councilReport2024)).toEqual([
      'checked ',
      'not municipal-survey 2026, council-report 2024',
      'false',
    ]);
    expect(checked(councilReport2024)).toEqual(['checked ', 'not council-report 2024', 'false']);
  });
});
