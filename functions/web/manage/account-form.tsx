/** The form of one person's account: whose it is, what they may do, and for which units. */

import { answeringUnits } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError, Problem } from '../../../schemas/problem.ts';
import { problems } from '../../../schemas/problem.ts';
import { firstCharacters } from '../../../schemas/values/text.ts';
import { roleNames } from '../../domain/accounts/account.ts';
import type { AccountTexts } from '../../domain/accounts/account.ts';
import { codeAmong, shownName } from '../../domain/directory-names.ts';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledInput, LabelledSelect, fieldId } from '../shared/labelled-controls.tsx';
import type { PostedForm } from '../shared/posted-form.ts';
import type { Visit } from '../shared/visit.ts';

export interface TypedAccount extends AccountTexts {
  readonly username: string;
}

export const emptyAccount: TypedAccount = { username: '', name: '', email: '', role: 'municipality', units: '' };

function roleIn(text: string): keyof typeof roleNames {
  const names = Object.keys(roleNames).filter((name): name is keyof typeof roleNames => Object.hasOwn(roleNames, name));
  return names.find((name) => name === text) ?? 'none';
}

/** The unit that was named, and what was typed for who acts for several or for a form alone. */
export function typedAccount({ text }: Pick<PostedForm, 'text'>): TypedAccount {
  const role = roleIn(text('role'));
  const units = role === 'municipality' ? [text('unit'), text('units')].filter((each) => each !== '').join(';') : '';
  return { username: text('username'), name: text('name'), email: text('email'), role, units };
}

/** What was typed before the session ended; a button alone carries no text. */
export function recoveredAccount({ recovered }: Visit): TypedAccount | undefined {
  return recovered?.has('role') === true ? typedAccount({ text: (name) => recovered.get(name) ?? '' }) : undefined;
}

const suggestions = 'units-of-the-directory';
/** More would make the page heavy: part of a name finds them. */
const mostSuggested = 200;

/** A unit by its name or code; of what is neither, those whose names it is a part of are told. */
export function withUnitCode(
  typed: TypedAccount,
  directory: Directory | undefined,
): { typed: TypedAccount } | { problem: Problem } {
  const name = typed.units.trim();
  const units = directory === undefined ? [] : answeringUnits(directory);
  const code = codeAmong(units, name);
  if (code !== undefined) return { typed: { ...typed, units: code } };
  if (directory === undefined || /^[\dA-Za-z;-]*$/.test(name)) return { typed };
  const alike = units.filter((each) => each.name.includes(name));
  const shown = alike.slice(0, 10).map((each) => `「${shownName(units, each)}」`);
  const hint =
    shown.length === 0
      ? '名称又は団体コードを入力してください。'
      : `${shown.join('')}${alike.length > shown.length ? `など${alike.length}件` : ''}から選んで入力してください。`;
  const message = `「${firstCharacters(name, 100)}」という名称の団体は、${alike.some((each) => each.name === name) ? '名簿に複数あります' : '名簿にありません'}。${hint}`;
  return { problem: { code: 'invalid-accounts', errors: [{ path: 'units', code: 'unknown-unit', message }] } };
}

interface FieldsProps {
  readonly typed: TypedAccount;
  readonly errors: readonly FieldError[];
  readonly directory: Directory | undefined;
  /** What cannot be changed here is not asked. */
  readonly isPersonHere: boolean;
}

export function AccountFields({ typed, errors, directory, isPersonHere }: FieldsProps) {
  const errorOf = (field: string): string | undefined => errors.find(({ path }) => path === field)?.message;
  const units = directory === undefined ? [] : answeringUnits(directory);
  const chosen = units.find(({ code }) => code === typed.units);
  const isSeveral = chosen === undefined && /[-;]/.test(typed.units);
  return (
    <>
      {isPersonHere && (
        <>
          <LabelledInput
            name="name"
            label="氏名"
            hint="履歴に表示されます。"
            value={typed.name}
            error={errorOf('name')}
          />
          <LabelledInput
            name="email"
            label="メールアドレス"
            hint="仮のパスワードと、パスワードを忘れたときの確認コードを送ります。"
            value={typed.email}
            error={errorOf('email')}
          />
        </>
      )}
      <LabelledSelect
        name="role"
        label="区分"
        hint={`${roleNames.admin}は利用者も管理します。${roleNames.prefecture}は調査の業務全般を行います。${roleNames.reader}は見るだけで、変更はできません。`}
        value={typed.role}
        options={Object.entries(roleNames)}
        error={errorOf('role')}
      />
      <LabelledInput
        name="unit"
        label="市町村等"
        hint={`区分が市町村のときに、名称又はコードを入力してください。${directory?.units === undefined ? '' : '自ら回答する事業所等も入力できます。'}名称の一部を入力すると、候補を表示します。`}
        value={chosen === undefined ? (isSeveral ? '' : typed.units) : shownName(units, chosen)}
        error={errorOf('units')}
        list={units.length > mostSuggested ? undefined : suggestions}
      />
      {units.length <= mostSuggested && (
        <datalist id={suggestions}>
          {units.map((each) => (
            <option value={shownName(units, each)} />
          ))}
        </datalist>
      )}
      <details open={isSeveral}>
        <summary>複数の市町村を担当する場合、調査票ごとに担当課が異なる場合</summary>
        <LabelledInput
          name="units"
          label="団体コード"
          hint="6桁の団体コードを入力します。複数ある場合は「;」で区切り、1つの調査票だけを回答する課は「団体コード-調査票の識別子」とします。"
          value={isSeveral ? typed.units : ''}
        />
      </details>
    </>
  );
}

/** Errors at fields that the page has; of the account as a whole, and of what is not a field, at its top. */
export function AccountErrors({ problem }: { readonly problem: Problem | undefined }) {
  if (problem === undefined) return <></>;
  const { errors = [], code } = problem;
  const linked = errors.map(({ path, message }) => ({
    href: `#${fieldId(path === 'units' ? 'unit' : path === '' || path === 'active' ? 'role' : path)}`,
    message,
  }));
  return <ErrorSummary errors={linked.length > 0 ? linked : [{ href: '#main', message: problems[code].title }]} />;
}

/** What stands beside the fields. */
export const accountLabels: Readonly<Record<string, string>> = {
  username: '利用者名',
  email: 'メールアドレス',
  unit: '市町村等',
  units: '団体コード',
};
