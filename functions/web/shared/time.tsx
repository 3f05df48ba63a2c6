import { machineInstant, timeLeft } from './japan-time.ts';
import { printInstant } from '../../domain/print-instant.ts';

/** A day, or an instant in Japan to the minute: 令和6年11月29日 17:00. */
export function DateTime({ at }: { at: string | Date }) {
  return <time datetime={machineInstant(at)}>{printInstant(at)}</time>;
}

/** 残り3日, 本日締切 or 期限を2日過ぎています. */
export function DaysLeft({ dueAt, now }: { dueAt: string; now: Date }) {
  const { kind, text } = timeLeft(dueAt, now);
  return <span class={`days-left days-left--${kind}`}>{text}</span>;
}
