/** 該当するものはない excludes the other boxes of its question, and they exclude it. */

/// <reference lib="dom" />

export function keepNoneExclusive(form: HTMLFormElement): void {
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox' || !target.checked) return;
    const [path = '', mark] = target.name.split(':');
    if (mark !== undefined && mark !== 'none' && mark !== 'na') return;
    for (const other of form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
      const [otherPath, otherMark] = other.name.split(':');
      const isRival =
        otherPath === path &&
        other !== target &&
        (mark !== undefined ? otherMark !== 'confirmed' : otherMark === 'none' || otherMark === 'na');
      if (isRival) other.checked = false;
    }
  });
}
