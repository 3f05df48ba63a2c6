/** Where somebody writes about a question of the form: a comment to colleagues, or a question to the prefecture. */

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { errorsOf } from '../../../schemas/issues.ts';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError, Problem } from '../../../schemas/problem.ts';
import { httpStatusOf } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { LabelledSelect, LabelledTextArea, fieldId } from '../shared/labelled-controls.tsx';
import type { PostedForm } from '../shared/posted-form.ts';
import type { WebContext } from '../shared/visit.ts';
import type { Opened } from './opened.ts';

/** What is written, about which question; the id has it kept once however often it is sent. */
interface Written {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** The form as it is shown: from the page of which section, and how it was refused. */
export interface Message {
  readonly section: string | undefined;
  readonly typed: Written;
  readonly errors: readonly FieldError[];
  readonly status: 200 | 409 | 422;
}

function sectionOf(c: WebContext, { form }: Opened): string | undefined {
  const wanted = c.req.query('section');
  return form.sections.find(({ key }) => key === wanted)?.key;
}

/** About the question from which somebody comes, else its section. */
export function newMessage(c: WebContext, opened: Opened): Message {
  const { recovered } = opened.visit;
  const section = sectionOf(c, opened);
  const wanted = c.req.query('path') ?? '';
  const path = recovered?.get('path') ?? (opened.form.items.has(wanted) ? wanted : (section ?? ''));
  const typed = { id: randomUUID(), path, text: recovered?.get('text') ?? '' };
  return { section, typed, errors: [], status: 200 };
}

/** What was posted, as the form shows it again, and what of it may be kept. */
export function postedMessage<T>(
  c: WebContext,
  opened: Opened,
  post: PostedForm,
  schema: z.ZodType<T>,
): { readonly message: Message; readonly wanted: T | undefined } {
  const wanted = { path: post.text('path'), text: post.text('text') };
  const typed = { id: z.uuid().safeParse(post.text('id')).data ?? randomUUID(), ...wanted };
  const parsed = schema.safeParse(wanted);
  const errors = parsed.success ? [] : errorsOf(parsed.error, wanted, 2);
  return { message: { section: sectionOf(c, opened), typed, errors, status: 422 }, wanted: parsed.data };
}

export function refusedMessage(message: Message, problem: Problem): Message {
  const { code, errors = [{ path: 'text', code, message: problems[code].title }] } = problem;
  return { ...message, errors, status: httpStatusOf(problem) === 409 ? 409 : 422 };
}

interface MessageFormProps {
  readonly opened: Opened;
  readonly message: Message;
  readonly action: string;
  readonly places: readonly (readonly [path: string, label: string])[];
  readonly longest: number;
  readonly words: { readonly place: string; readonly text: string; readonly hint?: string; readonly button: string };
}

export function MessageForm({ opened, message, action, places, longest, words }: MessageFormProps) {
  const { visit, key } = opened;
  const { section, typed, errors } = message;
  const messageOf = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  return (
    <form method="post" action={action} data-warn>
      <CsrfField visit={visit} />
      <input type="hidden" name="id" value={typed.id} />
      <LabelledSelect name="path" label={words.place} value={typed.path} error={messageOf('path')} options={places} />
      <LabelledTextArea
        id={fieldId('text')}
        name="text"
        label={words.text}
        hint={`${longest.toLocaleString('ja-JP')}文字まで。${words.hint ?? ''}`}
        value={typed.text}
        error={messageOf('text')}
      />
      <div class="button-row">
        <Button>{words.button}</Button>
        {section === undefined ? (
          <a href={visit.paths.return(key)}>回答する項目に戻る</a>
        ) : (
          <a href={`${visit.paths.section(key, section)}#${typed.path}`}>回答のページに戻る</a>
        )}
      </div>
    </form>
  );
}
