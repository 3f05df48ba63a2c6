/** What is made when it is first asked for, and then kept; an error that is thrown is not. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * The same of what is loaded: who asks meanwhile waits for it too. When it fails they are told, and who asks later has it
 * loaded anew.
 */
export function loadedOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
