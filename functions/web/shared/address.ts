/** Addresses of the prefecture's pages that carry the filter of the list along. Pure. */

/** Adds parameters to an address that may have some already; an absent value adds nothing. */
export function withParameters(address: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const [path = '', query = ''] = address.split('?', 2);
  const search = new URLSearchParams(query);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, value);
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The parameters of an address as the hidden fields of a form that is sent with GET. */
export function parametersOf(address: string): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(address.split('?', 2)[1] ?? '')];
}
