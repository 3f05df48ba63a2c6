import type { JsonObject } from '../../../../../schemas/json.ts';
import { describe, expect, it } from 'vitest';
import { LiveFindings } from '../../../../../functions/web/browser/live-findings.ts';
import type { Judgement, Said } from '../../../../../functions/web/answer/judge.ts';
import { firstOf } from '../../../../../functions/web/fields/posted.ts';
import type { Posted } from '../../../../../functions/web/fields/posted.ts';

const none = { errors: new Map<string, string[]>(), remarks: new Map<string, string[]>() };
const typed = (text: string): Posted => new Map([['s.a', [text]]]);
const errorsAt = (...messages: string[]) => ({ ...none, errors: new Map([['s.a', messages]]) });

/** Says of any text but a number that it is wrong, and of a number what was stored before. */
const judgement: Judgement = {
  judge: (post, stored) => {
    const text = firstOf(post, 's.a') ?? '';
    const isNumber = /^\d+$/.test(text);
    const value: JsonObject = isNumber ? { a: Number(text) } : stored;
    const errors = new Map(isNumber || text === '' ? [] : [['s.a', ['数ではありません。']]]);
    return { value, errors, remarks: new Map([['s.a', [`保存済み：${JSON.stringify(stored)}`]]]), notices: new Map() };
  },
  stored: { a: 1 },
};

function findingsOn(shown: Posted, saidFirst: Pick<Said, 'errors' | 'remarks'>): LiveFindings {
  const findings = new LiveFindings(shown, saidFirst);
  findings.learn(judgement);
  return findings;
}

function said(findings: LiveFindings, post: Posted): readonly string[] | undefined {
  return findings.now(post)?.errors.get('s.a');
}

describe('what is said at a question', () => {
  it('follows what is typed, without a word from the server', () => {
    const findings = findingsOn(typed('1'), none);
    expect([said(findings, typed('1')), said(findings, typed('x')), said(findings, typed('2'))]).toEqual([
      undefined,
      ['数ではありません。'],
      undefined,
    ]);
  });

  it('goes once it is put right, though the server said it too', () => {
    const findings = findingsOn(typed('x'), errorsAt('数ではありません。'));
    expect([said(findings, typed('x')), said(findings, typed('2'))]).toEqual([['数ではありません。'], undefined]);
  });

  it('stays where only the server can know, until the server says otherwise', () => {
    const findings = findingsOn(typed('1'), errorsAt('他の記入にありません。'));
    expect(said(findings, typed('x'))).toEqual(['数ではありません。', '他の記入にありません。']);
    findings.sending(typed('2'));
    findings.saved(errorsAt('他の記入と同じです。'));
    expect(said(findings, typed('2'))).toEqual(['他の記入と同じです。']);
    findings.sending(typed('3'));
    findings.saved(none);
    expect(said(findings, typed('3'))).toBeUndefined();
  });

  it('is not brought back by an answer to what stood there before', () => {
    const findings = findingsOn(typed('1'), none);
    findings.sending(typed('x'));
    const meanwhile = typed('2');
    findings.saved(errorsAt('数ではありません。'));
    expect(said(findings, meanwhile)).toBeUndefined();
  });

  it('takes for stored what the page was opened with, and then what was saved last', () => {
    const findings = findingsOn(typed('1'), none);
    const remark = (): unknown => findings.now(typed('5'))?.remarks.get('s.a');
    findings.sending(typed('7'));
    expect(remark()).toEqual(['保存済み：{"a":1}']);
    findings.saved(none);
    expect(remark()).toContain('保存済み：{"a":7}');
  });

  it('is no longer said here once the server, which knows what was changed elsewhere, did not say it', () => {
    const findings = findingsOn(typed('1'), none);
    findings.sending(typed('x'));
    findings.saved(none);
    expect(said(findings, typed('x'))).toBeUndefined();
    findings.sending(typed('2'));
    findings.saved(none);
    expect(said(findings, typed('x'))).toEqual(['数ではありません。']);
  });

  it('is said of what is shown, where the server spoke of what is stored', () => {
    expect(said(findingsOn(typed('x'), none), typed('x'))).toEqual(['数ではありません。']);
  });

  it('is left to the server until the script can judge, whatever was saved before', () => {
    const findings = new LiveFindings(typed('1'), none);
    expect(findings.now(typed('x'))).toBeUndefined();
    findings.sending(typed('x'));
    findings.saved(errorsAt('数ではありません。', '他の記入にありません。'));
    expect(findings.now(typed('x'))).toBeUndefined();
    findings.learn(judgement);
    expect([said(findings, typed('x')), said(findings, typed('2'))]).toEqual([
      ['数ではありません。', '他の記入にありません。'],
      ['他の記入にありません。'],
    ]);
  });
});
