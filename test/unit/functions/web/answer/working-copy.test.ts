import { describe, expect, it } from 'vitest';
import { form } from '../../../../../schemas/form.ts';
import { list, text } from '../../../../../schemas/kinds/question.ts';
import type { Posted } from '../../../../../functions/domain/posted/posted.ts';
import {
  beginWorkingCopy,
  continueWorkingCopy,
  workingCopyFields,
} from '../../../../../functions/web/answer/working-copy.ts';
import type { WorkingCopy } from '../../../../../functions/web/answer/working-copy.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

const newId = (): string => 'new1';

/** What its page posts, with some fields changed. */
function posting({ answers, address, post }: WorkingCopy, changed: Record<string, readonly string[]>): Posted {
  const { section, entry, at } = address;
  return new Map<string, readonly string[]>([
    ...post,
    [workingCopyFields.answers, [JSON.stringify(answers)]],
    [workingCopyFields.section, [section]],
    ...(entry === undefined ? [] : [[workingCopyFields.entry, [entry]] as const]),
    ...(at === undefined ? [] : [[workingCopyFields.at, [at]] as const]),
    ...Object.entries(changed),
  ]);
}

function turn(copy: WorkingCopy, changed: Record<string, readonly string[]>): WorkingCopy {
  return continueWorkingCopy(scratchForm, posting(copy, changed), newId);
}

describe('a working copy', () => {
  const begun = beginWorkingCopy(scratchForm);

  it('begins with the first section, unanswered', () => {
    expect(begun).toMatchObject({ answers: {}, address: { section: 'first' }, isChecked: false });
  });

  it('keeps what was answered when another section is opened, and shows it again', () => {
    const second = turn(begun, { 'first.status': ['yes'], 'first.visitors': ['１２人'], action: ['go:opinion'] });
    expect(second.address).toEqual({ section: 'opinion' });
    const back = turn(second, { 'opinion.view': ['good'], action: ['go:first'] });
    expect(back.answers).toEqual({ first: { status: 'yes', visitors: 12 }, opinion: { view: 'good' } });
    expect(back.post.get('first.visitors')).toEqual(['12']);
  });

  it('shows what cannot be read as it was typed, with what is wrong', () => {
    const stayed = turn(begun, { 'first.visitors': ['たくさん'], action: ['check'] });
    expect(stayed.isChecked).toBe(true);
    expect([...stayed.problems.keys()]).toEqual(['first.visitors']);
    expect(stayed.post.get('first.visitors')).toEqual(['たくさん']);
    expect(stayed.answers).toEqual({});
  });

  it('adds an entry to a section that is a list, and comes back from its page', () => {
    const list = turn(begun, { action: ['go:units'] });
    const entry = turn(list, { action: ['add:units'] });
    expect(entry.address).toEqual({ section: 'units', entry: 'new1', at: undefined });
    const back = turn(entry, { 'units.new1.name': ['甲'], action: ['back'] });
    expect(back.address).toEqual({ section: 'units' });
    expect(back.answers['units']).toEqual([{ name: '甲', id: 'new1' }]);
    const removed = turn(back, { action: ['remove:units.new1'] });
    expect(removed.answers['units']).toBeUndefined();
  });

  it('takes rows on the page of a section that is a table, and leaves blank ones out', () => {
    const table = form(
      'table',
      2025,
      { title: '表', units: 'municipality', help: '' },
      { rows: list('一覧', 5, { name: text('名称', 20).open() }, { layout: 'table' }) },
    );
    const begins = beginWorkingCopy(table);
    const added = continueWorkingCopy(table, posting(begins, { action: ['add:rows'] }), newId);
    expect(added.address).toEqual({ section: 'rows' });
    expect(added.answers).toEqual({ rows: [{ id: 'new1' }] });
    const typed = continueWorkingCopy(table, posting(added, { 'rows.new1.name': ['甲'], action: ['check'] }), newId);
    expect(typed.answers).toEqual({ rows: [{ id: 'new1', name: '甲' }] });
    const emptied = continueWorkingCopy(table, posting(typed, { 'rows.new1.name': [''], action: ['check'] }), newId);
    expect(emptied.answers).toEqual({});
  });

  it('begins anew where a page was made up', () => {
    expect(continueWorkingCopy(scratchForm, new Map([[workingCopyFields.section, ['nowhere']]]), newId)).toEqual(begun);
    const odd = new Map([
      [workingCopyFields.section, ['first']],
      [workingCopyFields.answers, ['{"first":{"status":"maybe"}}']],
      ['first.visitors', ['3']],
    ]);
    expect(continueWorkingCopy(scratchForm, odd, newId).answers).toEqual({ first: { visitors: 3 } });
    expect(
      continueWorkingCopy(scratchForm, new Map([...odd, [workingCopyFields.answers, ['{']]]), newId).answers,
    ).toEqual({
      first: { visitors: 3 },
    });
  });
});
