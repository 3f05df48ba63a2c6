import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replacePart } from '../../../../functions/domain/draft-parts.ts';
import type { Content, Part } from '../../../../functions/domain/draft-parts.ts';
import {
  checkPrecondition,
  etagOf,
  isConditional,
  isOwnSave,
  neverSaved,
  nextRevisions,
  revisionOf,
} from '../../../../functions/domain/revisions.ts';
import type { Precondition } from '../../../../functions/domain/revisions.ts';
import { scratchForm } from '../../../integration/support/scratch-form.ts';

const whole: Part = { kind: 'return' };
const overview: Part = { kind: 'section', section: 'overview' };
const bodies: Part = { kind: 'section', section: 'bodies' };
const entry = (id: string): Part => ({ kind: 'entry', section: 'bodies', entry: id });
const empty: Content = { answers: {}, reasons: {} };
const two: Content = {
  answers: { overview: { meetings: 1 }, bodies: [{ id: 'a', name: '甲' }, { id: 'b' }] },
  reasons: {},
};
const first = nextRevisions(scratchForm, neverSaved, empty, two, whole);

describe('the revisions after a save', () => {
  it('of the return move the return and what changed', () => {
    const next = nextRevisions(
      scratchForm,
      first,
      two,
      { ...two, answers: { ...two.answers, overview: { meetings: 2 } } },
      whole,
    );
    expect(next).toEqual({ revision: 2, revisions: { overview: 2, bodies: 1, 'bodies.a': 1, 'bodies.b': 1 } });
  });

  it('of a section move it even when nothing changed, and no other', () => {
    expect(nextRevisions(scratchForm, first, two, two, overview)).toEqual({
      revision: 2,
      revisions: { overview: 2, bodies: 1, 'bodies.a': 1, 'bodies.b': 1 },
    });
  });

  it('of an entry move its section and the return, not its neighbours', () => {
    expect(nextRevisions(scratchForm, first, two, two, entry('a'))).toEqual({
      revision: 2,
      revisions: { overview: 1, bodies: 2, 'bodies.a': 2, 'bodies.b': 1 },
    });
  });

  it('of a section that is a list move the entries that changed', () => {
    const changed = { ...two, answers: { ...two.answers, bodies: [{ id: 'b' }, { id: 'a', name: '乙' }] } };
    expect(nextRevisions(scratchForm, first, two, changed, bodies).revisions).toMatchObject({
      'bodies.a': 2,
      'bodies.b': 1,
    });
  });

  it('count a reason as content of the part that it belongs to', () => {
    const reasoned = { ...two, reasons: { 'bodies.a.members.few': '新設' } };
    expect(nextRevisions(scratchForm, first, two, reasoned, whole).revisions).toEqual({
      overview: 1,
      bodies: 2,
      'bodies.a': 2,
      'bodies.b': 1,
    });
  });

  it('never come back when an entry is removed and added again', () => {
    const without = { ...two, answers: { ...two.answers, bodies: [{ id: 'b' }] } };
    const removed = nextRevisions(scratchForm, first, two, without, bodies);
    expect(revisionOf(removed, entry('a'))).toBe(0);
    const back = nextRevisions(scratchForm, removed, without, two, entry('a'));
    expect(etagOf(back, entry('a'))).not.toBe(etagOf(first, entry('a')));
  });
});

describe('an ETag', () => {
  const parts = [whole, overview, bodies, entry('a'), entry('b')];
  const saves = fc.array(
    fc.record({ part: fc.constantFrom(...parts), meetings: fc.nat(2), name: fc.constantFrom('甲', '乙') }),
  );

  it('never stands for two contents of the same part', () => {
    fc.assert(
      fc.property(saves, (all) => {
        const seen = new Map<string, string>();
        let content = empty;
        let revisions = neverSaved;
        for (const { part, meetings, name } of all) {
          const answers =
            part.kind === 'entry'
              ? { name }
              : part.kind === 'return'
                ? { overview: { meetings } }
                : part.section === 'bodies'
                  ? [{ id: 'a', name }]
                  : { meetings };
          const saved = replacePart(scratchForm, content, part, { answers }, () => 'new');
          if (!saved.ok) throw new Error(saved.problem.code);
          revisions = nextRevisions(scratchForm, revisions, content, saved.value, part);
          content = saved.value;
          const list = content.answers['bodies'];
          const entries = Array.isArray(list) ? list : [];
          const found = (id: string) => entries.find((each) => JSON.stringify(each).startsWith(`{"id":"${id}"`));
          const contents = [content.answers, content.answers['overview'], list, found('a'), found('b')];
          parts.forEach((each, index) => {
            if (revisionOf(revisions, each) === 0) return;
            const tag = `${index} ${etagOf(revisions, each)}`;
            const text = JSON.stringify(contents[index]) ?? '';
            expect(seen.get(tag) ?? text).toBe(text);
            seen.set(tag, text);
          });
        }
      }),
    );
  });
});

describe('a precondition', () => {
  const holds = (part: Part, condition: Precondition) => checkPrecondition(first, part, condition).ok;

  it.each([
    [{ ifMatch: '"1"' }, true],
    [{ ifMatch: '"7", "1"' }, true],
    [{ ifMatch: '"2"' }, false],
    [{ ifMatch: 'W/"1"' }, false],
    [{ ifMatch: '1' }, false],
    [{ ifMatch: '' }, false],
    [{ ifMatch: '*' }, true],
    [{ ifNoneMatch: '*' }, false],
    [{ ifMatch: '"1"', ifNoneMatch: '*' }, false],
  ])('%j on a saved part: %s', (condition, expected) => {
    expect(holds(overview, condition)).toBe(expected);
  });

  it.each([
    [{ ifNoneMatch: '*' }, true],
    [{ ifMatch: '*' }, false],
    [{ ifMatch: '"0"' }, true],
    [{ ifMatch: '"1"' }, false],
  ])('%j on a part never saved: %s', (condition, expected) => {
    expect(holds({ kind: 'section', section: 'remarks' }, condition)).toBe(expected);
  });

  it('is missing without either header, and with an If-None-Match that names an ETag', () => {
    expect(isConditional({})).toBe(false);
    expect(isConditional({ ifNoneMatch: '"1"' })).toBe(false);
    expect(isConditional({ ifMatch: '' })).toBe(true);
  });
});

const officer = { id: 'a', name: '障害福祉課' };

describe('the last save of a draft', () => {
  it('is told from that of another person with the same name', () => {
    expect(isOwnSave(officer, { savedBy: '障害福祉課', savedById: 'b' })).toBe(false);
    expect(isOwnSave(officer, { savedBy: '福祉課（旧名称）', savedById: 'a' })).toBe(true);
  });

  it('is told by the name where the draft keeps no more', () => {
    expect(isOwnSave(officer, { savedBy: '障害福祉課' })).toBe(true);
    expect(isOwnSave(officer, { savedBy: '主任' })).toBe(false);
    expect(isOwnSave(officer, {})).toBe(false);
  });
});
