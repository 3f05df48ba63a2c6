import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../../schemas/values/json.ts';
import { answerBlocks, changedOnly } from '../../../../functions/domain/answer-rows.ts';
import type { AnswerBlock } from '../../../../functions/domain/answer-rows.ts';
import { form } from '../../../../schemas/form.ts';
import { file } from '../../../../schemas/kinds/file.ts';
import { list, section, text } from '../../../../schemas/kinds/question.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { scratchForm } from '../../support/scratch-form.ts';

const names = { municipalities: new Map<string, string>(), entries: new Map<string, string>() };

function blocks(answers: Answers, compared?: Answers): AnswerBlock[] {
  return answerBlocks({ sections: scratchForm.sections, answers, names, compared });
}

function row(all: readonly AnswerBlock[], path: string) {
  return all.flatMap(({ rows }) => rows).find((each) => each.path === path);
}

describe('the rows of a return', () => {
  it('show every question that is asked, answered or not', () => {
    const [first] = blocks({ first: { status: 'yes' } });
    expect(first).toMatchObject({ path: 'first', title: '第1', depth: 0 });
    expect(row(blocks({ first: { status: 'yes' } }), 'first.detail')).toMatchObject({
      answer: '未回答',
      isAnswered: false,
    });
  });

  it('leave out what nobody is asked, and mark what was answered all the same', () => {
    expect(row(blocks({ first: { status: 'no' } }), 'first.detail')).toBeUndefined();
    expect(row(blocks({ first: { status: 'no', detail: 'a' } }), 'first.detail')).toMatchObject({
      answer: 'イ',
      isStray: true,
    });
  });

  it('make a block of every entry of a list, and a row of every entry inside it', () => {
    const all = blocks({ units: [{ id: 'u1', name: '本部', steps: [{ id: 's1', title: '初回' }] }] });
    expect(all.map(({ path, title, depth }) => [path, title, depth])).toContainEqual(['units.u1', '単位1：本部', 1]);
    expect(row(all, 'units.u1.name')).toMatchObject({ label: '名称', answer: '本部' });
    expect(row(all, 'units.u1.steps.s1')).toMatchObject({ label: '段階1', answer: '［1］\n　題：初回' });
  });

  it('name the files of an answer, those inside the entries of a list among them', () => {
    const asked = form(
      'papers',
      2025,
      { title: '資料', units: 'municipality', help: '' },
      {
        bodies: list('会議体', 5, {
          rules: file('要綱', 2),
          meetings: list('会議', 5, { title: text('会議名', 20), agenda: file('次第', 2) }),
        }),
        note: section('備考', { remark: text('備考', 20) }),
      },
    );
    const paper = (name: string) => ({ name, type: 'application/pdf', bytes: 1, sha256: name.padEnd(64, '0') });
    const [rules, agenda] = [paper('a'), paper('b')];
    const bodies = [{ id: 'b1', rules: [rules], meetings: [{ id: 'm1', title: '初回', agenda: [agenda] }] }];
    const all = answerBlocks({ sections: asked.sections, answers: { bodies, note: { remark: 'なし' } }, names });
    expect(row(all, 'bodies.b1.rules')?.files).toEqual({ named: [rules], areWhole: true });
    expect(row(all, 'bodies.b1.meetings.m1')?.files).toEqual({ named: [agenda], areWhole: false });
    expect(row(all, 'note.remark')?.files).toBeUndefined();
  });

  it('print references by the names of the entries meant', () => {
    const all = blocks({
      units: [
        { id: 'u1', name: '本部' },
        { id: 'u2', name: '支部', parent: 'u1' },
      ],
    });
    expect(row(all, 'units.u2.parent')?.answer).toBe('本部');
  });

  it('add up a table of counts, whose total nobody types', () => {
    const bodies = [{ id: 'b1', name: '全体会', composition: { medical: 2, education: 3 } }];
    const all = answerBlocks({ sections: councilReport2024.sections, answers: { bodies }, names });
    expect(row(all, 'bodies.b1.composition.medical')).toMatchObject({
      label: '問10の12　委員構成：医療機関',
      answer: '2人',
    });
    expect(row(all, 'bodies.b1.composition')).toMatchObject({ label: '問10の12　委員構成：計', answer: '5人' });
    expect(row(all, 'bodies.b1.composition.nurseries')).toBeUndefined();
  });
});

describe('rows beside another version', () => {
  it('say of a total as of its counts that it was added or removed', () => {
    const answers = { bodies: [{ id: 'b1', composition: { medical: 2 } }] };
    const compared = { bodies: [{ id: 'b1' }] };
    const difference = (now: Answers, was: Answers) =>
      row(
        answerBlocks({ sections: councilReport2024.sections, answers: now, names, compared: was }),
        'bodies.b1.composition',
      )?.compared?.difference;
    expect(difference(answers, compared)).toBe('added');
    expect(difference(compared, answers)).toBe('removed');
    expect(difference(answers, answers)).toBe('same');
  });

  it('tell what was added, removed, changed and left', () => {
    const all = blocks(
      { first: { status: 'yes', visitors: 3, note: '新' } },
      { first: { status: 'yes', visitors: 2, since: '2020' } },
    );
    const difference = (path: string) => row(all, path)?.compared?.difference;
    expect(difference('first.status')).toBe('same');
    expect(difference('first.visitors')).toBe('changed');
    expect(difference('first.note')).toBe('added');
    expect(difference('first.since')).toBe('removed');
  });

  it('pair entries by their ids, whatever their order, and keep those that are gone', () => {
    const now = {
      units: [
        { id: 'u2', name: '支部' },
        { id: 'u3', name: '新' },
      ],
    };
    const was = {
      units: [
        { id: 'u1', name: '本部' },
        { id: 'u2', name: '支部' },
      ],
    };
    expect(
      blocks(now, was)
        .filter(({ depth }) => depth === 1)
        .map(({ title }) => title),
    ).toEqual(['単位1：支部', '単位2：新（追加）', '単位3：本部（削除）']);
  });

  it('can be narrowed to what differs', () => {
    const all = changedOnly(blocks({ first: { visitors: 3 } }, { first: { visitors: 2 } }));
    expect(all.flatMap(({ rows }) => rows.map(({ path }) => path))).toEqual(['first.visitors']);
    expect(changedOnly(blocks({ first: { visitors: 3 } }, { first: { visitors: 3 } }))).toEqual([]);
  });
});
