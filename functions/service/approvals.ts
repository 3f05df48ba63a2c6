/** A second person of the municipality approves what is submitted (承認), where the municipality wants it. */

import type { Approval } from '../../schemas/approval.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import type { Person } from '../domain/authorisation.ts';
import { isEditable } from '../domain/life.ts';
import type { Standing } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkPrecondition, isConditional, isOwnSave } from '../domain/revisions.ts';
import type { Precondition, Revisions } from '../domain/revisions.ts';
import { isSavedByLinkOf } from '../domain/sharing.ts';
import type { StoredReturn } from '../storage/returns.ts';
import type { Store } from '../storage/store.ts';
import type { ClockAndIds } from './drafts.ts';

export type ApprovalSources = Pick<Store, 'approvals'>;

export interface ApprovalState {
  /** The unit wants one before submission. */
  readonly isDemanded: boolean;
  /** Of the draft as it stands; of a version that was submitted, that under which it was. */
  readonly approval: Approval | undefined;
}

export interface Approvals {
  approvalOf(key: ReturnKey): Promise<Outcome<ApprovalState>>;
  /**
   * Approves the draft that was seen. Refuses `nothing-to-submit`, `not-editable`, `precondition-required`,
   * `precondition-failed`, and `approval-by-saver` to who saved it last, or made the link by which it was.
   */
  approve(key: ReturnKey, seen: Precondition, approver: Pick<Person, 'id' | 'name'>): Promise<Outcome<Approval>>;
  /** From now on, for all returns of the unit; the log says so first, as who gives it up lets one person submit alone. */
  demandApproval(key: ReturnKey, isDemanded: boolean, actor: string): Promise<Outcome<undefined>>;
}

/** Another one after each save, and after each submission, from which on what was submitted keeps the name it had. */
function draftName({ revision }: Pick<Revisions, 'revision'>, standing: Standing): string {
  return `${isEditable(standing) ? standing.version : standing.version - 1}-${revision}`;
}

export async function approvalState(
  store: ApprovalSources,
  key: ReturnKey,
  { draft, standing, unitSettings }: Pick<StoredReturn, 'draft' | 'standing' | 'unitSettings'>,
): Promise<ApprovalState> {
  const isDemanded = unitSettings.approval;
  if (!isDemanded || draft === undefined) return { isDemanded, approval: undefined };
  return { isDemanded, approval: await store.approvals.read(key, draftName(draft, standing)) };
}

export function createApprovals(
  store: ApprovalSources & Pick<Store, 'storedReturn' | 'saveUnitSettings' | 'recordAccess'>,
  { now }: Pick<ClockAndIds, 'now'>,
): Approvals {
  return {
    approvalOf: async (key) => {
      const read = await store.storedReturn(key);
      return read.ok ? done(await approvalState(store, key, read.value)) : read;
    },
    approve: async (key, seen, approver) => {
      if (!isConditional(seen)) return refused('precondition-required');
      const read = await store.storedReturn(key);
      if (!read.ok) return read;
      const { draft, standing } = read.value;
      if (!isEditable(standing)) return refused('not-editable');
      if (draft === undefined) return refused('nothing-to-submit');
      const same = checkPrecondition(draft, { kind: 'return' }, seen);
      if (!same.ok) return same;
      // Whoever submits then, two people have answered for what is submitted.
      if (isOwnSave(approver, draft) || isSavedByLinkOf(approver, draft)) return refused('approval-by-saver');
      const approval = { id: draftName(draft, standing), approvedAt: now().toISOString(), approvedBy: approver.name };
      return store.approvals.add(key, approval, { what: 'approved', actor: approver.name });
    },
    demandApproval: async (key, isDemanded, actor) => {
      const read = await store.storedReturn(key);
      if (!read.ok) return read;
      if (read.value.unitSettings.approval === isDemanded) return done(undefined);
      const { round, form, unit } = key;
      const path = isDemanded ? 'demanded' : 'released';
      await store.recordAccess(round, { what: 'approvalSet', actor, return: { form, unit }, path });
      await store.saveUnitSettings(key.unit, { approval: isDemanded });
      return done(undefined);
    },
  };
}
