/** Where a return stands in the API; its parts, versions and decisions stand below. */
export const returnPath = '/api/rounds/{round}/returns/{form}/{unit}';
