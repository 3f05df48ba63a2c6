/** An urgent inquiry in one go: its questionnaire, adopted, and the round that asks it. */

import type { FormDocument } from '../../schemas/document/form-document.ts';
import type { JsonObject } from '../../schemas/values/json.ts';
import { inquiryRound } from '../domain/inquiry.ts';
import type { InquiryTerms } from '../domain/inquiry.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { sealDocument } from '../storage/form-documents.ts';
import type { Service } from './service.ts';

type InquiryService = Pick<Service, 'store' | 'saveForm' | 'decideOnForm' | 'defineRound'>;

interface StartedInquiry extends InquiryTerms {
  readonly document: FormDocument;
  /** The document as it was written. */
  readonly written: JsonObject;
}

/**
 * Starts an inquiry under the name of its document. Every step may be taken again: a second press of the button, or one
 * after a step that failed, finds what there is and goes on. Refuses what the steps refuse, and `precondition-failed`
 * where a questionnaire of that name says something else.
 */
export async function startInquiry(
  service: InquiryService,
  { document, written, ...terms }: StartedInquiry,
  actor: string,
  now: Date,
): Promise<Outcome<{ round: string }>> {
  const { id, version, title } = document;
  const key = { form: id, version };
  const saved = await service.saveForm(key, written, { ifNoneMatch: '*' }, actor);
  if (!saved.ok) {
    const stored = await service.store.storedForm(id, version);
    if (stored?.sha256 !== sealDocument(document).sha256) return saved;
  }
  const adopted = await service.decideOnForm(key, 'adopted', {}, actor);
  if (!adopted.ok) return adopted;
  const before = await service.store.round(id);
  if (before !== undefined) return done({ round: id });
  const defined = await service.defineRound(id, inquiryRound(title, document, terms, now), actor, {
    isAsSeen: (round) => round === undefined,
  });
  if (!defined.ok && defined.problem.code !== 'precondition-failed') return defined;
  return done({ round: id });
}
