/** The name of a table or a column as query engines take it: Athena knows small letters, digits and `_`. */
export function smallName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
}
