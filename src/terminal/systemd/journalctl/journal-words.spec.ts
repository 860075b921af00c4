/** Which words behind -n and -b are theirs. Source: systemd src/journal/journalctl.c, parse_argv. */
import { expect, test } from 'vitest';
import { parseOptions } from '../../coreutils/command.ts';
import { journalWords, type JournalWords } from './journal-words.ts';

const words = (line: string): JournalWords | string => {
  const options = parseOptions(line.split(' '), { name: 'journalctl', short: 'n::b::u:r' });
  return 'problem' in options ? options.problem : journalWords(options);
};

test.each<[string, JournalWords]>([
  ['-n 5', { lines: '5', boot: undefined, matches: [] }],
  ['-n5 _PID=1', { lines: '5', boot: undefined, matches: ['_PID=1'] }],
  ['-n -u ssh', { lines: '', boot: undefined, matches: [] }],
  ['-n +3 -r', { lines: '+3', boot: undefined, matches: [] }],
  ['-n all', { lines: 'all', boot: undefined, matches: [] }],
  ['-b 0 -n 5', { lines: '5', boot: '0', matches: [] }],
  ['-b -n 5', { lines: '5', boot: '', matches: [] }],
  ['-b _PID=1 -n', { lines: '', boot: '', matches: ['_PID=1'] }],
  ['_PID=1 -b 0', { lines: undefined, boot: '0', matches: ['_PID=1'] }],
])('%s', (line, expected) => {
  expect(words(line)).toEqual(expected);
});
