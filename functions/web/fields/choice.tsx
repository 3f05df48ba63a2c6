/** One option, several options, several municipalities. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import { municipalityKinds } from '../../../schemas/directory.ts';
import type { DefinitionOf } from '../../../schemas/kinds/kinds.ts';
import type { Options } from '../../../schemas/question.ts';
import { isMarked, noneMark, notApplicableMark, notApplicableOption, valuesOf } from './posted.ts';
import { Grouped, Labelled } from './about.tsx';
import { describedBy, hasError, shown } from './context.ts';
import type { FieldProps } from './context.ts';

interface BoxProps {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
  readonly id?: string | undefined;
}

/** A function, not a component: a page may have hundreds. */
export function box({ type, name, value, label, checked, id }: BoxProps): JSX.Element {
  return (
    <label class="choice">
      <input type={type} id={id} name={name} value={value} checked={checked} />
      <span>{label}</span>
    </label>
  );
}

/** A box for each option. The first one has the id of the question, to which errors are linked. */
function boxes(
  { path }: Pick<FieldProps, 'path'>,
  type: BoxProps['type'],
  options: readonly (readonly [string, string])[],
  chosen: ReadonlySet<string>,
  isFirst = true,
): JSX.Element[] {
  return options.map(([value, label], index) =>
    box({ type, name: path, value, label, checked: chosen.has(value), id: isFirst && index === 0 ? path : undefined }),
  );
}

function radiosOf(options: Options, isNullable: boolean): [string, string][] {
  return [
    ...Object.entries(options),
    ...(isNullable ? [[notApplicableOption, '該当なし'] satisfies [string, string]] : []),
    ['', '未回答'],
  ];
}

export function ChoiceField(
  props: FieldProps & { readonly definition: DefinitionOf<'choice' | 'choices'> },
): JSX.Element {
  const { context, path, definition, isCompact = false } = props;
  const chosen = shown(context, path);
  const radios = radiosOf(definition.options, definition.nullable);
  if (isCompact && radios.length > 4)
    return (
      <Labelled
        props={props}
        field={
          <select
            class="select"
            id={path}
            name={path}
            aria-describedby={describedBy(context, path)}
            aria-invalid={hasError(context, path) ? 'true' : undefined}
          >
            {radios.toReversed().map(([value, label]) => (
              <option value={value} selected={value === chosen}>
                {label}
              </option>
            ))}
          </select>
        }
      />
    );
  return <Grouped props={props}>{boxes(props, 'radio', radios, new Set([chosen]))}</Grouped>;
}

/** Posts the name even when no box is ticked. */
function Presence({ path }: { readonly path: string }): JSX.Element {
  return <input type="hidden" name={path} value="" />;
}

/** 該当するものはない, and 該当なし where it is declared. */
export function NoneBoxes({
  context: { post },
  path,
  item,
}: Pick<FieldProps, 'context' | 'path' | 'item'>): JSX.Element {
  const mark = (name: string, label: string): JSX.Element =>
    box({ type: 'checkbox', name, value: '1', label, checked: isMarked(post, name) });
  return (
    <div class="none-boxes">
      {mark(noneMark(path), '該当するものはない')}
      {item.definition.nullable && mark(notApplicableMark(path), '該当なし')}
    </div>
  );
}

export function ChoicesField(props: FieldProps & { readonly options: Options }): JSX.Element {
  const { context, path, options } = props;
  const chosen = new Set(valuesOf(context.post, path));
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {boxes(props, 'checkbox', Object.entries(options), chosen)}
      <NoneBoxes {...props} />
    </Grouped>
  );
}

export function MunicipalitiesField(props: FieldProps): JSX.Element {
  const { context, path } = props;
  const chosen = new Set(valuesOf(context.post, path));
  const known = new Set(context.municipalities.map(({ code }) => code));
  const kinds = Object.entries(municipalityKinds)
    .map(([kind, label]) => ({ label, members: context.municipalities.filter((each) => each.kind === kind) }))
    .filter(({ members }) => members.length > 0);
  const unknown = [...chosen]
    .filter((code) => !known.has(code))
    .map((code): [string, string] => [code, context.names.municipalities.get(code) ?? `名簿にない市町村（${code}）`]);
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {kinds.map(({ label, members }, index) => (
        <div class="municipalities" role="group" aria-label={label}>
          <span class="municipalities__kind" aria-hidden="true">
            {label}
          </span>
          {boxes(
            props,
            'checkbox',
            members.map(({ code, name }) => [code, name]),
            chosen,
            index === 0,
          )}
        </div>
      ))}
      {boxes(props, 'checkbox', unknown, chosen, kinds.length === 0)}
      <NoneBoxes {...props} />
    </Grouped>
  );
}

export function ReferenceField(props: FieldProps): JSX.Element {
  const { context, path } = props;
  const chosen = shown(context, path);
  const isKnown = chosen === '' || context.references.some(({ id }) => id === chosen);
  return (
    <Labelled
      props={props}
      field={
        <select
          class="select"
          id={path}
          name={path}
          aria-describedby={describedBy(context, path)}
          aria-invalid={hasError(context, path) ? 'true' : undefined}
        >
          <option value="">未回答（なし）</option>
          {context.references.map(({ id, title }) => (
            <option value={id} selected={id === chosen}>
              {title}
            </option>
          ))}
          {!isKnown && (
            <option value={chosen} selected>
              見つからない記入（{chosen}）
            </option>
          )}
        </select>
      }
    />
  );
}
