/** Where every stack is, whatever the machine of whoever works on it is set to. */
export const stackRegion = 'ap-northeast-1';

/** Where the monthly copies go. */
export const copiesRegion = 'ap-northeast-3';
