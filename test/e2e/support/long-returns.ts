/** Returns of a council that hardly any page could hold at once. */

import type { Answers, Json } from '../../../schemas/return.ts';

/** What the longest return may have, in bytes of JSON, with some to spare. */
const mostBytes = 300_000;

/** So many characters, with those that HTML escapes; begins and ends with the mark. */
function text(mark: string, length: number): string {
  return (
    `${mark}${'関係機関の"連携"と<課題>の共有&'.repeat(Math.ceil(length / 17))}`.slice(0, length - mark.length - 1) +
    `。${mark}`
  );
}

/** A body with one question for a reason: whether its members are those of its composition. */
function body(number: number, answers: Record<string, Json> = {}): Record<string, Json> {
  return {
    id: `body${number}`,
    name: `第${number}専門部会（地域移行・地域定着支援に関する検討部会）`,
    kind: 'subcommittee',
    meetings: 3,
    members: 12,
    composition: { consultationProviders: 4, medical: 2, education: 3, personsAndFamilies: 1 },
    themes: [`第${number}部会の取組`],
    ...answers,
  };
}

const profile = { secretariat: '久喜市障がい者福祉課', establishedOn: '2009-04', operation: 'direct' };

/** Asks for a reason at each of its bodies. */
export function reportWithReasons(bodies: number): Answers {
  return { profile, bodies: Array.from({ length: bodies }, (_, index) => body(index + 1)) };
}

/** Nothing that is required is answered in any of its bodies. */
export function reportWithErrors(bodies: number): Answers {
  return { profile, bodies: Array.from({ length: bodies }, (_, index) => ({ id: `body${index + 1}`, role: '役割' })) };
}

/** One body has minutes of ninety kilobytes in one session, and the others are as long as a return may be. */
export function longestReport(): { readonly answers: Answers; readonly marks: readonly string[] } {
  const items = Array.from({ length: 30 }, (_, index) => ({
    id: `item${index + 1}`,
    kind: 'agenda',
    text: text(`［議題${index + 1}］`, 1000),
  }));
  const bodies = [body(1, { sessions: [{ id: 'session1', title: '第1回', heldOn: '2024-05-20', items }] })];
  const marks = items.map((_, index) => `［議題${index + 1}］`);
  const withMore = (): Answers => ({ profile: { ...profile, purpose: text('［目的］', 2000) }, bodies });
  for (let number = 2; number <= 60; number += 1) {
    const mark = `［役割${number}］`;
    bodies.push(body(number, { role: text(mark, 1000) }));
    if (Buffer.byteLength(JSON.stringify(withMore())) > mostBytes) {
      bodies.pop();
      break;
    }
    marks.push(mark);
  }
  return { answers: withMore(), marks: ['［目的］', ...marks] };
}
