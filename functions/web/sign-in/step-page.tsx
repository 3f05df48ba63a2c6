/** What the steps of our own sign-in have in common: the page, what is wrong with a field, and the fields that several of them ask for. */

import type { Child } from 'hono/jsx';
import { shortestPassword } from '../../domain/password.ts';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId, LabelledInput } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import type { PageOptions } from '../shared/layout.tsx';
import type { WebContext } from '../shared/visit.ts';

export type StepPage = ReturnType<typeof page>;

/** A field that has to be corrected. */
export interface FieldError {
  readonly field: 'username' | 'password' | 'repeated' | 'code';
  readonly message: string;
  readonly status: NonNullable<PageOptions['status']>;
}

export interface StepProps {
  /** What every form of the browser's sign-in posts back. */
  readonly csrf: string;
  readonly error?: FieldError | undefined;
}

export function messageFor(error: FieldError | undefined, field: FieldError['field']): string | undefined {
  return error?.field === field ? error.message : undefined;
}

interface StepPageProps extends Pick<StepProps, 'error'> {
  readonly title: string;
  readonly status?: PageOptions['status'];
  readonly children: Child;
}

/** A page of the sign-in: what is wrong, its title, and what it asks. */
export function stepPage(
  c: WebContext,
  { title, error, status = error?.status ?? 200, children }: StepPageProps,
): StepPage {
  const errors = error === undefined ? [] : [{ href: `#${fieldId(error.field)}`, message: error.message }];
  return page(
    c,
    { title, hasErrors: error !== undefined, status },
    <>
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      {children}
    </>,
  );
}

const passwordHint = `${shortestPassword}文字以上で、英大文字、英小文字、数字、記号をすべて含めてください。`;

export function NewPasswordFields({ error }: Pick<StepProps, 'error'>) {
  return (
    <>
      <LabelledInput
        name="password"
        label="新しいパスワード"
        hint={passwordHint}
        type="password"
        autocomplete="new-password"
        value=""
        error={messageFor(error, 'password')}
      />
      <LabelledInput
        name="repeated"
        label="新しいパスワード（確認）"
        hint="同じパスワードをもう一度入力してください。"
        type="password"
        autocomplete="new-password"
        value=""
        error={messageFor(error, 'repeated')}
      />
    </>
  );
}

export function CodeField({ error, hint }: Pick<StepProps, 'error'> & { readonly hint: string }) {
  return (
    <LabelledInput
      name="code"
      label="確認コード"
      hint={hint}
      class="input--short"
      autocomplete="one-time-code"
      inputmode="numeric"
      value=""
      error={messageFor(error, 'code')}
    />
  );
}
