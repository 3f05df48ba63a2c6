/** People whom the prefecture's own provider signs in: Cognito names them `<provider>_<subject>`. */

/** What the stack calls the provider in the pool. */
export const federatedName = 'Prefecture';

/** Whether a user name is one that Cognito gives to people of the provider; nobody can be invited under it. */
export function isFederated(username: string): boolean {
  return username.toLowerCase().startsWith(`${federatedName.toLowerCase()}_`);
}
