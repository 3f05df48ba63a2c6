import { html } from 'hono/html';
import { expect, it } from 'vitest';
import { ClassTallies, figuresByClass } from '../../../../../functions/domain/class-tallies.ts';
import { talliedFigures } from '../../../../../functions/domain/summary.ts';
import { SectionByClass } from '../../../../../functions/web/publish/class-figures.tsx';
import { sectionBlocks } from '../../../../../functions/web/publish/summary-blocks.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import { form } from '../../../../../schemas/form.ts';
import { count, section } from '../../../../../schemas/kinds/question.ts';
import { classesOf } from '../../../../../schemas/unit-classes.ts';
import { round } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

it('two questions of the same label each have their own figures', async () => {
  const asked = form(
    'f',
    2024,
    { title: '票', units: 'municipality', help: '' },
    { s: section('状況', { visits: count('件数', '件'), calls: count('件数', '件') }) },
  );
  const classes = classesOf(saitama);
  const tallies = new ClassTallies(asked, classes);
  const [unit] = reportingUnits(saitama, 'municipality');
  const [ofSection] = asked.sections;
  const by = classes.find(({ id }) => id === 'kind');
  if (unit === undefined || ofSection === undefined || by === undefined) throw new Error('nothing to tell apart');
  tallies.add({ s: { visits: 111, calls: 222 } }, unit);
  const whole = talliedFigures(tallies.whole(), { round, directory: saitama, audience: 'internal' }).rows;
  const shown = SectionByClass({
    form: asked,
    section: ofSection,
    whole,
    blocks: sectionBlocks(asked, ofSection, whole),
    by,
    rows: figuresByClass([tallies], [by], { round, directory: saitama }),
  });
  const page = (await html`${shown}`).toString();
  // Of all, and of the cities: count, sum, median, least and greatest are the same number.
  const times = (number: string): number => [...page.matchAll(new RegExp(`>${number}<`, 'g'))].length;
  expect([times('111'), times('222')]).toEqual([8, 8]);
});
