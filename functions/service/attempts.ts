/** Trying again what is safe to repeat. */

/**
 * Gives the result of the first attempt that succeeds.
 *
 * @param onError is told of every attempt that failed, counted from 1
 * @throws what the last attempt threw
 */
export async function withAttempts<T>(
  attempts: number,
  action: () => Promise<T>,
  onError: (error: unknown, attempt: number) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      onError(error, attempt);
      if (attempt === attempts) throw error;
    }
  }
}
