/** What somebody typed and could not save, to be copied: each text under the name of its field. */

import { Notice } from './notice.tsx';

export interface UnsavedText {
  readonly label: string;
  readonly text: string;
}

/** What is typed on many pages. */
const usualLabels: ReadonlyMap<string, string> = new Map([
  ['comment', '差戻し等の理由'],
  ['reason', '理由'],
]);

/** What was typed into fields that have a label. */
export function labelledTexts(
  typed: Iterable<readonly [string, string]>,
  labels: ReadonlyMap<string, string>,
): UnsavedText[] {
  return [...typed].flatMap(([name, text]) => {
    const label = labels.get(name) ?? usualLabels.get(name);
    return label === undefined || text.trim() === '' ? [] : [{ label, text }];
  });
}

export function UnsavedTexts({ texts }: { readonly texts: readonly UnsavedText[] }) {
  if (texts.length === 0) return <></>;
  return (
    <>
      <Notice kind="warning" title="入力された内容は保存されていません。必要なものは、次の欄から控えてください。" />
      {texts.map(({ label, text }, index) => (
        <div class="form-group">
          <label class="label" for={`typed-${index}`}>
            {label}
          </label>
          <textarea class="textarea" rows={2} readonly id={`typed-${index}`}>
            {`\n${text}`}
          </textarea>
        </div>
      ))}
    </>
  );
}
