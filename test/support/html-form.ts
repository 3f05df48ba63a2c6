/** The forms of a page as a browser without a script would post them. Reads our own markup, not any HTML. */

export interface PageForm {
  readonly action: string;
  readonly method: string;
  /** What is posted besides the button pressed, line breaks as a browser posts them. */
  readonly fields: readonly (readonly [string, string])[];
  readonly buttons: readonly {
    readonly name: string;
    readonly value: string;
    readonly formaction: string | undefined;
  }[];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
}

function attributesOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/([^\s=/]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, unescape(value)]),
  );
}

/** A parser reads CRLF and CR as a line feed, and drops the first one of a textarea; posting makes all of them CRLF. */
function crlf(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n');
}

function textareaValue(content: string): string {
  return crlf(unescape(content.replace(/\r\n?/g, '\n').replace(/^\n/, '')));
}

interface Reading {
  readonly fields: (readonly [string, string])[];
  readonly buttons: PageForm['buttons'][number][];
}

function readControl(
  tag: string,
  attributes: Map<string, string>,
  content: string,
  { fields, buttons }: Reading,
): void {
  const name = attributes.get('name') ?? '';
  const value = attributes.get('value') ?? '';
  const type = attributes.get('type') ?? (tag === 'button' ? 'submit' : 'text');
  if (tag === 'button') {
    buttons.push({ name, value, formaction: attributes.get('formaction') });
    return;
  }
  if (name === '' || attributes.has('disabled')) return;
  if (tag === 'textarea') fields.push([name, textareaValue(content)]);
  else if (tag === 'select') {
    const options = [...content.matchAll(/<option([^>]*)>/g)].map(([, text = '']) => attributesOf(text));
    fields.push([name, (options.find((option) => option.has('selected')) ?? options[0])?.get('value') ?? '']);
  } else if (type === 'radio' || type === 'checkbox') {
    if (attributes.has('checked')) fields.push([name, value]);
  } else fields.push([name, type === 'hidden' ? crlf(value) : value.replace(/[\r\n]/g, '')]);
}

/** Without what stands in templates, one in another: a browser shows and posts none of it. */
function withoutTemplates(html: string): string {
  const innermost = /<template[^>]*>(?:(?!<template)[\s\S])*?<\/template>/g;
  const less = html.replace(innermost, '');
  return less === html ? html : withoutTemplates(less);
}

/** Every control in `html`, form or not. */
export function controlsOf(page: string): Reading {
  const html = withoutTemplates(page);
  const reading: Reading = { fields: [], buttons: [] };
  const controls = /<(input|textarea|select|button)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>(?:([\s\S]*?)<\/\1>)?/g;
  const voided = html.replace(/<input((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/g, '<input$1></input>');
  for (const [, tag = '', attributes = '', content = ''] of voided.matchAll(controls))
    readControl(tag, attributesOf(attributes), content, reading);
  return reading;
}

export function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, text = '', content = '']) => {
    const attributes = attributesOf(text);
    return {
      action: attributes.get('action') ?? '',
      method: attributes.get('method') ?? 'get',
      ...controlsOf(content),
    };
  });
}
