/** That a round is not yet seen by municipalities, and where it is opened to them. */

import type { Round } from '../../../schemas/round.ts';
import { ButtonLink } from './button.tsx';
import { Notice } from './notice.tsx';
import type { Visit } from './visit.ts';

export function DraftNotice({ visit, round }: { readonly visit: Visit; readonly round: Round }) {
  return (
    <Notice kind="info" title="公開前の調査です。市町村には見えず、回答もできません。">
      <ButtonLink href={visit.paths.roundOpening(round.id)}>公開する画面へ進む</ButtonLink>
    </Notice>
  );
}
