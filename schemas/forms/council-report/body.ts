/** What checks, measures and comparisons read of a body (会議体) of a council. */

import type { FormExtras } from '../../form-extras.ts';
import type { Frequency } from '../../values/frequency.ts';
import { placements } from './functions.ts';

interface Session {
  readonly id: string;
  readonly heldOn?: string;
}

export interface Body {
  readonly id: string;
  readonly kind?: string;
  readonly countedAsSubcommittee?: string;
  readonly parent?: string;
  readonly tier?: string;
  readonly functions?: readonly string[];
  readonly planned?: Frequency;
  readonly meetings?: number | null;
  readonly members?: number | null;
  readonly composition?: Readonly<Record<string, number | undefined>>;
  readonly themes?: readonly string[];
  readonly sessions?: readonly Session[];
}

/** Whether a body counts as 専門部会等: as answered, or by its kind. */
export function isSubcommittee({ kind, countedAsSubcommittee }: Body): boolean {
  return countedAsSubcommittee === undefined ? kind === 'subcommittee' : countedAsSubcommittee === 'yes';
}

/** Meetings held by all bodies of kind 全体会; `null` when none of them says a number. */
export function plenaryMeetings(bodies: readonly Body[]): number | null {
  const held = bodies.flatMap(({ kind, meetings }) => (kind === 'plenary' ? (meetings ?? []) : []));
  return held.length === 0 ? null : held.reduce((sum, meetings) => sum + meetings, 0);
}

/** What the report shows of the bodies beside their answers. */
export const bodyLists: NonNullable<FormExtras['lists']> = {
  bodies: {
    isTop: ({ kind }) => kind === 'plenary',
    mark: {
      label: '専門部会等',
      isMarked: ({ kind, countedAsSubcommittee: counted }) =>
        counted === undefined ? kind === 'subcommittee' : counted === 'yes',
    },
    numbers: { functions: Object.fromEntries(placements.map(({ id, number }) => [id, number])) },
  },
};
