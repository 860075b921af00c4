import { expect, test } from 'vitest';
import { versionAsked } from './program-version.ts';

test.for([
  { name: 'cat', args: ['--version'], line: 'cat (GNU coreutils) 9.4' },
  // Standard input, not an option.
  { name: 'cat', args: ['-'], line: undefined },
  { name: 'bc', args: ['-v'], line: 'bc 1.07.1' },
  { name: 'bc', args: ['-'], line: undefined },
  { name: 'cat', args: ['--version', 'x'], line: undefined },
])('$name $args answers $line', ({ name, args, line }) => {
  expect(versionAsked(name, args)).toBe(line);
});
