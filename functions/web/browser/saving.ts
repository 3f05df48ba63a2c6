/** When to save while the officer types, and what to say of it. Knows no page: that is given. */

/** How long the officer pauses before a save. */
export const pause = 1500;
/** After a save that failed for no reason of its own. */
export const retryAfter = 20_000;

/** Of a question. */
export interface Message {
  readonly path: string;
  readonly message: string;
}

export interface SaveAnswer {
  readonly etag?: string;
  /** The marks of the answers now stored, for the next save. */
  readonly opened?: string;
  /** Of the list that the entry on the page belongs to. */
  readonly listEtag?: string;
  readonly savedAt?: string;
  readonly message?: string;
  /** Of a problem, which the firewall or the gateway may have answered with instead of the application. */
  readonly title?: string;
  /** What becomes of the text, where the session or its rights are over. */
  readonly detail?: string;
  readonly errors?: readonly Message[];
  readonly remarks?: readonly Message[];
  readonly notices?: readonly Message[];
  /** What follows from the answers now stored, as it is printed. */
  readonly computed?: readonly Message[];
  /** How many questions hold a text that could not be saved. */
  readonly unsaved?: number;
}

export interface SavedPage {
  /** Posts what stands in the fields now. Rejects when there is no answer. */
  readonly post: () => Promise<{ readonly status: number; readonly answer: SaveAnswer }>;
  /** What is known now is posted with the next save. */
  readonly take: (answer: SaveAnswer) => void;
  /** What is said of the texts in the fields. */
  readonly show: (answer: SaveAnswer) => void;
  readonly say: (text: string, isFailure: boolean) => void;
}

const unsavedText = '未保存の入力があります';

export class Saving {
  readonly #page: SavedPage;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> | undefined;
  #isDirty: boolean;
  #unsaved = 0;
  /** Something only the officer can settle: no more saves from here. */
  #isStopped = false;
  /** The officer posts the form: no more saves until the page is shown again. */
  #isPosting = false;

  /** @param isDirty the fields hold something that is not stored */
  constructor(page: SavedPage, isDirty: boolean) {
    this.#page = page;
    this.#isDirty = isDirty;
    if (isDirty) page.say(unsavedText, false);
  }

  /** Whether something would be lost if the page were left now. */
  get isUnsaved(): boolean {
    return this.#isDirty || this.#unsaved > 0 || this.#underWay !== undefined;
  }

  changed(): void {
    this.#isDirty = true;
    if (this.#isStopped) return;
    this.#page.say(unsavedText, false);
    this.#saveIn(pause);
  }

  /** A field was left after something was typed: what the rules find is asked for at once. */
  left(): void {
    if (this.#isDirty && !this.#isStopped && this.#timer !== undefined) this.#saveIn(0);
  }

  /** The form is about to be posted: a save under way is to be waited for, since its ETag is the one to post. */
  posting(): Promise<void> | undefined {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isPosting = true;
    return this.#underWay;
  }

  /** The page is there again, from the history. */
  shown(): void {
    if (!this.#isPosting) return;
    this.#isPosting = false;
    if (this.#isDirty && !this.#isStopped) this.#saveIn(pause);
  }

  #saveIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#save();
    }, milliseconds);
  }

  async #save(): Promise<void> {
    // What is typed during a save is saved after it.
    if (this.#underWay !== undefined || this.#isStopped || this.#isPosting || !this.#isDirty) return;
    this.#underWay = this.#post();
    await this.#underWay;
    this.#underWay = undefined;
  }

  async #post(): Promise<void> {
    this.#isDirty = false;
    this.#page.say('保存しています', false);
    try {
      const { status, answer } = await this.#page.post();
      if (status < 400) this.#saved(answer);
      else this.#failed(status, answer);
    } catch {
      this.#isDirty = true;
      this.#page.say('保存できません。通信を確認してください。後でもう一度保存します', true);
      this.#saveIn(retryAfter);
    }
  }

  #saved(answer: SaveAnswer): void {
    this.#page.take(answer);
    this.#unsaved = answer.unsaved ?? 0;
    if (this.#isDirty) {
      this.#page.say(unsavedText, false);
      if (!this.#isPosting && this.#timer === undefined) this.#saveIn(pause);
      return;
    }
    this.#page.show(answer);
    const rest = this.#unsaved === 0 ? '' : `（エラー又は未確認の${this.#unsaved}項目は保存されていません）`;
    this.#page.say(`保存済み ${answer.savedAt ?? ''}${rest}`, this.#unsaved > 0);
  }

  #failed(status: number, { message, detail, title = '' }: SaveAnswer): void {
    const passes = status >= 500 || status === 429;
    this.#isDirty = true;
    this.#isStopped = !passes;
    this.#page.say(`保存できません。${message ?? detail ?? title}`, true);
    if (passes) this.#saveIn(retryAfter);
  }
}
