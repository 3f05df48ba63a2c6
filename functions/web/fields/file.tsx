/** Files: which are there, by name and size. They are sent from a page of their own, so that it works without a script. */

import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { printFile } from '../../../schemas/values/file-answer.ts';
import { Grouped } from './about.tsx';
import { Presence } from './boxes.tsx';
import type { KindProps } from './context.ts';
import { EntryButtons, noneBoxes } from './entry-buttons.tsx';

export function FileField(props: KindProps<'file'>) {
  const { context, path, definition, item, stored } = props;
  const files = item.kind.files?.(stored ?? null) ?? [];
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {files.length > 0 && (
        <ul class="files">
          {files.map((file, index) => (
            <li>
              <a href={context.fileHref(file.sha256)} download>
                {printFile(file)}
              </a>
              <EntryButtons path={`${path}.${index}`} title={file.name} index={index} count={files.length} />
            </li>
          ))}
        </ul>
      )}
      {!context.takesFiles ? (
        <p class="hint" id={path} tabindex={-1}>
          試しの回答では、ファイルを追加できません。
        </p>
      ) : files.length < definition.maxFiles ? (
        <button class="button button--secondary" name="action" value={`attach:${path}`} id={path}>
          ファイルを追加する
          <span class="visually-hidden">（{numberedLabel(definition)}。記入中の内容は保存されます）</span>
        </button>
      ) : (
        <p class="hint" id={path} tabindex={-1}>
          {definition.maxFiles}件まで追加できます。入れ替えるときは、先に削除してください。
        </p>
      )}
      {noneBoxes(props, files.length)}
    </Grouped>
  );
}
