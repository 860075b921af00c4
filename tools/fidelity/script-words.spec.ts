import { expect, test } from 'vitest';
import { commandsOf } from './script-words.ts';

test.for([
  {
    given: 'a pipeline',
    script: 'kubectl get po -w | head -n 3',
    expected: [
      ['kubectl', 'get', 'po', '-w'],
      ['head', '-n', '3'],
    ],
  },
  {
    given: 'assignments and keywords',
    script: 'if X=1 grep -q a f; then echo "b c"; fi',
    expected: [['grep', '-q', 'a', 'f'], ['echo', 'b c'], ['fi']],
  },
  { given: 'redirections', script: 'sort -n <f 2>&1 >> out', expected: [['sort', '-n']] },
  {
    given: 'a substitution',
    script: 'x=$(kubectl get po -o name) && echo $x',
    expected: [
      ['kubectl', 'get', 'po', '-o', 'name'],
      ['echo', '$x'],
    ],
  },
  {
    given: 'a here-document',
    script: "cat > a <<'EOF'\nkind: Pod\nEOF\nkubectl apply -f a",
    expected: [['cat'], ['kubectl', 'apply', '-f', 'a']],
  },
])('given $given, finds the commands', ({ script, expected }) => {
  expect(commandsOf(script)).toEqual(expected);
});
