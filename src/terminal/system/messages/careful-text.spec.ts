import { expect, test } from 'vitest';
import { carefulText } from './careful-text.ts';

const digits = (count: number): string => '1234567890'.repeat(20).slice(0, count);
const blanks = (count: number): string => ' '.repeat(count);

// What util-linux 2.38's wall left on a terminal, without the empty lines around it.
test.for([
  { given: 'one\ntwo\twith tab\n', shown: `one${blanks(76)}\r\ntwo\twith tab${blanks(63)}\r\n` },
  { given: `${digits(79)}\n`, shown: `${digits(79)}\r\n` },
  { given: `${digits(80)}\n`, shown: `${digits(79)}\r\n0${blanks(78)}\r\n` },
  { given: `${digits(78)}\tx\n`, shown: `${digits(78)}\t\r\nx${blanks(78)}\r\n` },
  { given: `${digits(70)}\tx\n`, shown: `${digits(70)}\tx${blanks(6)}\r\n` },
  { given: digits(79), shown: digits(79) },
  { given: '한'.repeat(45), shown: `${'한'.repeat(39)} \r\n${'한'.repeat(6)}` },
  { given: 'x\u001b[31mred\u0001\u007f', shown: 'x^[[31mred^A^?' },
  { given: 'a\rb\u0007c\n', shown: `a\rb\u0007c${blanks(77)}\r\n` },
  { given: 'a\udcffb\udce9', shown: 'a\\377b\\351' },
  { given: '한é', isUtf8: false, shown: '\\355\\225\\234\\303\\251' },
  { given: '\u009b1m', shown: '\\302\\2331m' },
])('$given is shown as $shown', ({ given, isUtf8 = true, shown }) => {
  expect(carefulText(given, isUtf8, 79)).toBe(shown);
});
