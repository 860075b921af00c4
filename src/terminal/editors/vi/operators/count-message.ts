/** What vim says of more than two lines. */
export const countMessage = (count: number, what: string): string => (count > 2 ? `${String(count)} ${what}` : '');
