import { describe, expect, it } from 'vitest';
import { form } from '../../../../../schemas/form.ts';
import {
  choice,
  count,
  list,
  partialDate,
  section as formSection,
  text,
} from '../../../../../schemas/kinds/question.ts';
import { renderSection } from '../../../../support/render-fields.tsx';

describe('a list that is a table', () => {
  const people = form(
    'people',
    2025,
    { title: '名簿', units: 'municipality', help: '' },
    {
      s: formSection('名簿', {
        rows: list(
          '職員',
          20,
          {
            name: text('氏名', 100).help('略さずに記入してください。').required(),
            trade: choice('職種', { nurse: '看護師', other: 'その他' }),
            days: count('日数', '日').when({ trade: 'nurse' }).required().reasonIfBlank(),
            visits: list('訪問', 5, { on: partialDate('日') }, { layout: 'table' }),
          },
          { layout: 'table' },
        ),
      }),
    },
  );
  const value = { rows: [{ id: 'r1', name: '甲', visits: [{ id: 'v1' }] }, { id: 'r2' }] };

  it('has a row an entry, and names each cell by its row and column', () => {
    const html = renderSection(people, 's', value);
    expect(html).toMatch(/<tbody class="row" id="s\.rows\.r1" tabindex="-1" data-row="r1">/);
    expect(html).toMatch(/<th scope="col">氏名<span class="need need--required">必須<\/span><details/);
    expect(html).toMatch(
      /<label class="cell__label" for="s\.rows\.r2\.name"><span class="visually-hidden"><span data-no="">2<\/span>件目：<\/span>氏名/,
    );
    expect(html).toContain('<p>略さずに記入してください。</p>');
    for (const verb of ['up', 'down', 'copy', 'remove']) expect(html).toContain(`value="${verb}:s.rows.r1"`);
    expect(html).toContain('name="action" value="add:s.rows"');
    expect(html).not.toContain('<th scope="col">訪問');
  });

  it('asks in a cell what その他 is, and 不明 beside what may be left blank', () => {
    const html = renderSection(people, 's', value);
    expect(html).not.toContain('<th scope="col">職種（その他の内容）');
    expect(html).toMatch(
      /<td class="cell" data-question="s\.rows\.r1\.trade">.*?name="s\.rows\.r1\.tradeOther".*?<\/td>/,
    );
    expect(html).toContain('name="s.rows.r1.days:blank"');
    expect(html).toContain('data-when="[[&quot;s.rows.r1.trade&quot;,&quot;nurse&quot;]]"');
  });

  it('says what is wrong in the cell', () => {
    const errors = new Map([['s.rows.r2.name', ['記入してください。']]]);
    const html = renderSection(people, 's', value, { errors });
    expect(html).toMatch(
      /<td class="cell cell--error" data-question="s\.rows\.r2\.name">.*?id="s\.rows\.r2\.name-error"/,
    );
  });

  it('offers a row to begin with, but not where it is said that there is none', () => {
    expect(renderSection(people, 's', {})).toContain('id="s.rows.offered"');
    expect(renderSection(people, 's', value)).toContain('id="s.rows.r2.visits.offered"');
    expect(renderSection(people, 's', { rows: [] })).not.toContain('offered');
  });

  it('carries a row for the script to copy, with that of the table inside it once', () => {
    const html = renderSection(people, 's', value);
    expect(html).toContain('<template data-copy="@rows@">');
    expect(html).toContain('id="s.rows.@rows@.visits.@visits@"');
    expect(html.split('<template').length - 1).toBe(2);
  });
});
