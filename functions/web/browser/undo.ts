/** What was done to rows, said aloud and beside them, with a way back. */

/// <reference lib="dom" />

export interface Done {
  /** What happened: 3件目を削除しました。 */
  readonly text: string;
  /** What did not, each on a line. */
  readonly rest?: readonly string[];
  /** Puts everything as it was; nothing where nothing was changed. */
  readonly undo?: () => void;
}

/** Nobody reads more at once. */
const mostLines = 20;

/** Read out where it changes, wherever the focus is. */
function voice(form: HTMLFormElement): HTMLElement {
  const known = form.querySelector<HTMLElement>(':scope > [data-voice]');
  if (known !== null) return known;
  const made = Object.assign(document.createElement('p'), { className: 'visually-hidden', role: 'status' });
  made.dataset['voice'] = '';
  form.append(made);
  return made;
}

export function prepareToSay(form: HTMLFormElement): void {
  voice(form);
}

/** The bar below a box takes the place of the one before: the last thing done can be undone. */
export function say(
  form: HTMLFormElement,
  box: HTMLElement,
  { text, rest = [], undo }: Done,
): HTMLButtonElement | undefined {
  for (const bar of form.querySelectorAll('.undo')) bar.remove();
  const left = rest.length - mostLines;
  const lines = left > 0 ? [...rest.slice(0, mostLines), `ほか${left}件`] : rest;
  voice(form).textContent = [text, ...lines].join('\n');
  const bar = Object.assign(document.createElement('div'), { className: 'undo' });
  bar.append(Object.assign(document.createElement('span'), { textContent: text }));
  let button: HTMLButtonElement | undefined;
  if (undo !== undefined) {
    button = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'button button--text',
      textContent: '元に戻す',
    });
    button.addEventListener('click', () => {
      bar.remove();
      undo();
      voice(form).textContent = '元に戻しました。';
    });
    bar.append(button);
  }
  if (lines.length > 0) {
    const list = document.createElement('ul');
    list.append(...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })));
    bar.append(list);
  }
  box.after(bar);
  return button;
}
