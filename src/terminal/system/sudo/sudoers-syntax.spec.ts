/** Recorded: visudo 1.9.13, `visudo -c -f FILE` on each line. */
import { expect, test } from 'vitest';
import { sudoersErrors, sudoersErrorText } from './sudoers-syntax.ts';

test.each([
  ['bob ALL=(ALL', 's:1:13: syntax error\nbob ALL=(ALL\n            ^\n'],
  [
    'bob ALL=(ALL) NOPASSWD /bin/ls',
    's:1:31: syntax error\nbob ALL=(ALL) NOPASSWD /bin/ls\n                              ^\n',
  ],
  ['bob ALL=(ALL) NOPASSWD: /bin/ls', ''],
  ['bob', 's:1:4: syntax error\nbob\n   ^\n'],
  ['bob ALL', 's:1:8: syntax error\nbob ALL\n       ^\n'],
  ['%admin ALL=(ALL:ALL) ALL,', 's:1:26: syntax error\n%admin ALL=(ALL:ALL) ALL,\n                         ^\n'],
  ['Defaults foo', 's:1:13: unknown defaults entry "foo"\n'],
  ['bob ALL=(ALL) ls', 's:1:15: expected a fully-qualified path name\nbob ALL=(ALL) ls\n              ^~\n'],
  ['#comment', ''],
  ['bob ALL=(ALL) ALL ALL', 's:1:19: syntax error\nbob ALL=(ALL) ALL ALL\n                  ^~~\n'],
  ['bob = ALL', 's:1:5: syntax error\nbob = ALL\n    ^\n'],
  ['bob ALL=(ALL:ALL ALL', 's:1:18: syntax error\nbob ALL=(ALL:ALL ALL\n                 ^~~\n'],
  ['bob ALL=(ALL) NOPASSWD: /usr/bin/systemctl restart docker, /bin/cat', ''],
  ['Defaults\tsecure_path="/usr/local/sbin:/usr/sbin"', ''],
  ['%sudo\tALL=(ALL:ALL) ALL', ''],
])('%j', (line, said) => {
  expect(
    sudoersErrors(`${line}\n`)
      .map((error) => sudoersErrorText('s', error))
      .join(''),
  ).toBe(said);
});
