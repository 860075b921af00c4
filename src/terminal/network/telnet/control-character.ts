/** Control characters as telnet's users write them. */
const CONTROL_MASK = 31;
const DELETE = 127;

/** `^]`, `x`, `off`. */
export function controlName(byte: number | undefined): string {
  if (byte === undefined) return 'off';
  if (byte === DELETE) return '^?';
  return byte <= CONTROL_MASK ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}

/** The byte that `^]` or `x` means. */
export function characterOf(word: string): number {
  const [first = '', second = ''] = word;
  if (first !== '^' || second === '') return first.charCodeAt(0);
  return second === '?' ? DELETE : second.charCodeAt(0) & CONTROL_MASK;
}
