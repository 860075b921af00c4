/** What jq 1.7 says of a program that is none (yyerror and locfile_locate of its parser). */
import { expect, test } from 'vitest';
import { programs } from '../../program-table.ts';
import { runProgram } from '../../testing/run-program.spec-support.ts';

test.for([
  {
    source: '.items[',
    stderr:
      'jq: error: syntax error, unexpected end of file (Unix shell quoting issues?) at <top-level>, line 1:\n.items[\njq: 1 compile error\n',
  },
  {
    source: 'nosuch',
    stderr: 'jq: error: nosuch/0 is not defined at <top-level>, line 1:\nnosuch\njq: 1 compile error\n',
  },
])('jq $source', async ({ source, stderr }) => {
  expect(await runProgram(programs, ['jq', '-n', source], { cwd: '/' })).toMatchObject({
    stdout: '',
    stderr,
    status: 3,
  });
});
