/** What the prefecture weighs about a version: checks with the reasons given, notes, other returns, texts to publish. */

import { placeOfUnit, unitsByCode } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { AcrossFinding } from '../../../schemas/form-extras.ts';
import type { Round } from '../../../schemas/round.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Version } from '../../../schemas/return.ts';
import type { Finding } from '../../domain/edit-checks.ts';
import { examine } from '../../domain/examination.ts';
import type { Standing } from '../../domain/life.ts';
import { acrossReturnsOf } from '../../service/across-returns.ts';
import type { PreviousReturn } from '../../storage/previous.ts';
import type { Service } from '../../service/service.ts';
import { standsCorrected } from '../../service/standing-correction.ts';
import { openTexts } from './open-texts.ts';
import type { OpenText } from './open-texts.ts';
import { placeLabel } from '../../domain/place-label.ts';
import type { FormInRound } from '../../domain/place-label.ts';
import type { RoundView } from './round-view.ts';

export interface CheckedQuestion extends Pick<Finding, 'key' | 'path' | 'message'> {
  readonly place: string;
  readonly reason?: string;
}

export interface OtherReturn {
  readonly form: string;
  readonly unit: string;
  readonly name: string;
  readonly path: string;
}

export interface AcrossNote extends Pick<AcrossFinding, 'check' | 'message'> {
  readonly own: readonly { readonly path: string; readonly place: string }[];
  readonly others: readonly OtherReturn[];
}

export interface ReviewFacts {
  /** Whether what was sent back is what the prefecture corrected itself (職権訂正). */
  readonly isCorrected: boolean;
  readonly previous: PreviousReturn | undefined;
  readonly asked: readonly CheckedQuestion[];
  readonly notes: readonly CheckedQuestion[];
  readonly across: readonly AcrossNote[];
  /** Titles of forms whose version lacks questions that the checks across returns read. */
  readonly uncheckedAcross: { readonly isRun: boolean; readonly titles: readonly string[] };
  readonly openTexts: readonly OpenText[];
}

function acrossPlaces(
  findings: readonly AcrossFinding[],
  { forms, directory }: RoundView,
  form: Form,
  { unit, answers }: Pick<Version, 'unit' | 'answers'>,
): AcrossNote[] {
  const isOwn = (place: { readonly form: string; readonly unit: string }): boolean =>
    place.form === form.id && place.unit === unit;
  const nameOf = (id: string, code: string): string => {
    const other = forms.find((each) => each.id === id);
    const name = other === undefined ? undefined : unitsByCode(directory, other.units).get(code)?.name;
    return `${name ?? code}（${other?.title ?? id}）`;
  };
  return findings.flatMap(({ check, message, returns }) => {
    const own = returns.filter(isOwn).map(({ path }) => ({ path, place: placeLabel({ form }, answers, path) }));
    if (own.length === 0) return [];
    const others = new Map(
      returns
        .filter((place) => !isOwn(place))
        .map((place) => [`${place.form}/${place.unit}`, { ...place, name: nameOf(place.form, place.unit) }]),
    );
    return [{ check, message, own, others: [...others.values()] }];
  });
}

function checkedPlaces(
  questions: FormInRound,
  answers: Answers,
  findings: readonly Finding[],
  reasons: Version['reasons'],
): CheckedQuestion[] {
  return findings.map(({ key, path, message }) => {
    const reason = Object.hasOwn(reasons, key) ? reasons[key] : undefined;
    return {
      key,
      path,
      message,
      place: placeLabel(questions, answers, path),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** @param rounds every round by reference date, where they were read already */
export async function reviewFacts(
  service: Pick<Service, 'store' | 'forms'>,
  view: RoundView,
  form: Form,
  version: Version,
  standing: Standing,
  rounds?: readonly Round[],
): Promise<ReviewFacts> {
  const { round, directory } = view;
  const [isCorrected, previous, { findings, isRun, unchecked }] = await Promise.all([
    standsCorrected(service.store, version, standing),
    service.store.previousReturn(round, version, rounds),
    acrossReturnsOf(service, round, view.state),
  ]);
  const { answers, reasons, unit } = version;
  const municipalities = new Set(directory.municipalities.map(({ code }) => code));
  const { asked, notes } = examine(form, answers, reasons, {
    unit,
    round,
    previous: previous?.version.answers,
    of: version,
    municipalities,
    place: placeOfUnit(directory, form.units, unit),
  });
  return {
    isCorrected,
    previous,
    asked: checkedPlaces({ form }, answers, asked, reasons),
    notes: checkedPlaces({ form }, answers, notes, {}),
    across: acrossPlaces(findings, view, form, version),
    uncheckedAcross: { isRun, titles: unchecked },
    openTexts: openTexts({ form }, answers),
  };
}
