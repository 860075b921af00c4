/** Square root; IEEE 754 gives one answer on every machine. */
export const sqrt = (value: number): number => Math.sqrt(value);
