import { describe, expect, it } from 'vitest';
import { withClosing } from '../../../../functions/domain/round-closing.ts';
import { phaseAt, roundDefinition } from '../../../../schemas/round.ts';
import { round } from '../../schemas/forms/returns.ts';

const { id: _id, directoryVersion: _version, ...rest } = round;
const open = { ...rest, opensAt: '2024-10-01', dueAt: '2024-11-29', closesAt: '2024-12-13' };
const at = (minute: string): Date => new Date(`${minute}:00+09:00`);
const close = { kind: 'close' } as const;

describe('closing a round', () => {
  it('closes it at that moment, and makes it due then where it is not', () => {
    const now = at('2024-11-15T10:00');
    const closed = withClosing(open, close, now);
    expect(closed).toMatchObject({ ok: true, value: { dueAt: now.toISOString(), closesAt: now.toISOString() } });
    expect(roundDefinition.safeParse(closed.ok && closed.value).success).toBe(true);
    expect(closed.ok && phaseAt(closed.value, now)).toBe('closed');
    expect(closed.ok && phaseAt(closed.value, new Date(now.getTime() - 1))).toBe('open');
  });

  it('leaves a due date that has passed', () => {
    expect(withClosing(open, close, at('2024-12-01T00:00'))).toMatchObject({ value: { dueAt: '2024-11-29' } });
  });

  it('changes nothing of a closed one, and is refused before opening', () => {
    expect(withClosing(open, close, at('2024-12-14T00:00'))).toEqual({ ok: true, value: open });
    expect(withClosing(open, close, at('2024-09-30T23:59'))).toMatchObject({ problem: { code: 'not-open' } });
    expect(withClosing({ ...open, draft: true }, close, at('2024-11-01T00:00'))).toMatchObject({
      problem: { code: 'not-open' },
    });
  });
});

describe('opening a round again', () => {
  const now = at('2024-12-20T10:00');
  const reopen = (closesAt?: string) =>
    withClosing(open, { kind: 'reopen', ...(closesAt === undefined ? {} : { closesAt }) }, now);

  it('takes late returns until the new closing, or for ever', () => {
    const until = reopen('2024-12-20');
    expect(until.ok && phaseAt(until.value, now)).toBe('late');
    expect(until.ok && phaseAt(until.value, at('2024-12-21T00:00'))).toBe('closed');
    expect(reopen()).toMatchObject({ ok: true, value: { dueAt: '2024-11-29' } });
    expect(reopen().ok && reopen()).not.toHaveProperty('value.closesAt');
  });

  it('is refused until a moment that has passed, or before the round is due', () => {
    expect(reopen('2024-12-19')).toMatchObject({ problem: { code: 'invalid-round', errors: [{ path: 'closesAt' }] } });
    const early = withClosing(open, { kind: 'reopen', closesAt: '2024-11-20' }, at('2024-11-15T10:00'));
    expect(early).toMatchObject({ problem: { code: 'invalid-round', errors: [{ path: 'closesAt' }] } });
  });
});
