import { expect, test } from 'vitest';
import { joinCommandLines } from './history-line.ts';

// What `history` of bash 5.2 shows after these lines.
test.for([
  ['for i in 1 2\ndo\necho $i\ndone', 'for i in 1 2; do echo $i; done'],
  ['if true\nthen\n  echo a\nfi', 'if true; then   echo a; fi'],
  ['true &&\necho a', 'true && echo a'],
  ['f() {\necho a\n}', 'f() { echo a; }'],
  ['echo "a\nb"', 'echo "a\nb"'],
  ["echo 'a\nb'\necho c", "echo 'a\nb'; echo c"],
  ['cat <<E\na\nE', 'cat <<E\na\nE'],
  ['(\necho a\n)', '( echo a; )'],
  ['while read x\ndo echo $x\ndone', 'while read x; do echo $x; done'],
  ['case x in\na) b;;\nx) echo y\n;;\nesac', 'case x in a) b;; x) echo y; ;; esac'],
  ['echo $(echo a\necho b)', 'echo $(echo a\necho b)'],
  ['{ echo $(echo a)\necho b\n}', '{ echo $(echo a); echo b; }'],
  ['f()\n{\necho a\n}', 'f() { echo a; }'],
] as const)('%j is kept as %j', ([typed, kept]) => {
  expect(joinCommandLines(typed)).toBe(kept);
});

test('a pasted script of many lines becomes one line', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `echo ${String(at)}`);
  expect(joinCommandLines(lines.join('\n'))).toBe(lines.join('; '));
});
