/** expr as a program. */
import { helpHint } from '../help-hint.ts';
import { namedIo } from '../command.ts';
import { evaluateExpr } from './expr-value.ts';
import type { Applet } from '../command.ts';

const runExpr: Applet['applet'] = async (process, flavour, argv) => {
  const io = namedIo(process, flavour, argv, { name: 'expr' });
  if (argv.length < 2) {
    await io.raw(
      flavour === 'busybox' ? 'expr: too few arguments\n' : `${io.name}: missing operand\n${helpHint(io)}\n`,
    );
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
