/** expr and test as programs. */
import { Io } from '../io.ts';
import { evaluateExpr } from './expr-value.ts';
import { Shell } from '../shell/shell.ts';
import { testArguments } from '../shell/test-expression.ts';
import type { Applet } from './command.ts';

const runExpr: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'expr');
  if (argv.length < 2) {
    await io.raw("expr: missing operand\nTry 'expr --help' for more information.\n");
    return 2;
  }
  const result = evaluateExpr(argv.slice(1));
  if (typeof result !== 'string') {
    await io.warn(result.problem);
    return 2;
  }
  io.line(result);
  return await io.end(result === '' || /^-?0+$/.test(result) ? 1 : 0);
};
export const expr: Applet = { name: 'expr', run: (process) => runExpr(process, 'gnu', process.argv), applet: runExpr };

const runTest: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process);
  const bracket = argv[0]?.endsWith('[') === true;
  if (bracket && argv.at(-1) !== ']') {
    await io.warn("missing ']'");
    return 2;
  }
  const answer = testArguments(new Shell(process), argv.slice(1, bracket ? -1 : undefined));
  if (typeof answer === 'boolean') return answer ? 0 : 1;
  await io.warn(answer.message);
  return 2;
};
export const testProgram: Applet = {
  name: 'test',
  run: (process) => runTest(process, 'gnu', process.argv),
  applet: runTest,
};
