/** `base` to a whole power that is not negative, by multiplication: exact where the result is a safe integer. */
export function wholePower(base: number, exponent: number): number {
  let result = 1;
  for (let left = exponent; left > 0; left -= 1) result *= base;
  return result;
}
