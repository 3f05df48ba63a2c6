/**
 * Saves while the officer types: the form's own post, answered as JSON. The state is always visible; what could not be
 * saved is warned about before the page is left.
 */

/// <reference lib="dom" />

import { showErrors } from './inline-errors.ts';

/** How long the officer pauses before a save. */
const pause = 1500;
/** After a save that failed for no reason of its own. */
const retryAfter = 20_000;

interface SaveAnswer {
  readonly etag?: string;
  readonly savedAt?: string;
  readonly message?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly notices?: Readonly<Record<string, string>>;
  /** How many questions hold a text that could not be saved. */
  readonly unsaved?: number;
}

function isAnswer(value: unknown): value is SaveAnswer {
  return typeof value === 'object' && value !== null;
}

const signInAgain = 'サインインの有効期間が過ぎました。「一時保存する」を押してサインインし直してください。入力した内容は失われません';

export class Autosave {
  readonly #form: HTMLFormElement;
  readonly #state: HTMLElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;
  #isDirty = false;
  #unsaved = 0;
  /** Something only the officer can settle: no more saves from here. */
  #isStopped = false;
  #isLeaving = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#state = form.querySelector('[data-save-state]');
  }

  start(): void {
    this.#form.addEventListener('input', () => this.#changed());
    this.#form.addEventListener('submit', (event) => this.#submitted(event));
    globalThis.addEventListener('beforeunload', (event) => {
      if ((this.#isDirty || this.#unsaved > 0) && !this.#isLeaving) event.preventDefault();
    });
    globalThis.addEventListener('pageshow', () => {
      this.#isLeaving = false;
    });
  }

  #say(text: string, isFailure = false): void {
    if (this.#state === null) return;
    this.#state.textContent = text;
    this.#state.classList.toggle('save-state--failed', isFailure);
  }

  #changed(): void {
    this.#isDirty = true;
    if (this.#isStopped) return;
    this.#say('未保存の入力があります');
    this.#saveIn(pause);
  }

  #saveIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), milliseconds);
  }

  async #save(): Promise<void> {
    if (this.#saving !== undefined || this.#isStopped || !this.#isDirty) return;
    this.#saving = this.#post();
    await this.#saving;
    this.#saving = undefined;
    if (this.#isDirty && !this.#isStopped && this.#timer === undefined) this.#saveIn(pause);
  }

  async #post(): Promise<void> {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) if (typeof value === 'string') fields.append(name, value);
    this.#timer = undefined;
    this.#isDirty = false;
    this.#say('保存しています');
    try {
      // Not `form.action`: that is its buttons, which have this name.
      const response = await fetch(this.#form.getAttribute('action') ?? '', {
        method: 'POST',
        body: fields,
        headers: { 'accept': 'application/json', 'x-csrf': fields.get('csrf') ?? '' },
      });
      const answer: unknown = await response.json();
      this.#answered(response, isAnswer(answer) ? answer : {});
    } catch {
      this.#isDirty = true;
      this.#say('保存できません。通信を確認してください。20秒後にもう一度保存します', true);
      this.#saveIn(retryAfter);
    }
  }

  #answered({ ok, status }: Response, answer: SaveAnswer): void {
    if (!ok) {
      this.#isDirty = true;
      this.#isStopped = status < 500;
      this.#say(`保存できません。${status === 401 || status === 403 ? signInAgain : (answer.message ?? '')}`, true);
      if (status >= 500) this.#saveIn(retryAfter);
      return;
    }
    const etag = this.#form.elements.namedItem('etag');
    if (etag instanceof HTMLInputElement && answer.etag !== undefined) etag.value = answer.etag;
    const errors = answer.errors ?? {};
    showErrors(this.#form, errors, answer.notices ?? {});
    this.#unsaved = answer.unsaved ?? 0;
    const rest = this.#unsaved === 0 ? '' : `（エラー又は未確認の${this.#unsaved}項目は保存されていません）`;
    this.#say(`保存済み ${answer.savedAt ?? ''}${rest}`, this.#unsaved > 0);
  }

  /** A save under way is waited for: its ETag is the one to post. */
  #submitted(event: SubmitEvent): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#saving === undefined) {
      this.#isLeaving = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    this.#isStopped = true;
    void this.#saving.then(() => this.#form.requestSubmit(submitter instanceof HTMLElement ? submitter : null));
  }
}
