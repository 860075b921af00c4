import { Io } from '../io.ts';
import { formatPrintf } from '../printf-format.ts';
import { quoteBackslash } from '../shell/quote.ts';
import type { Applet } from './command.ts';

const run: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'printf');
  const [, format, ...values] = argv;
  if (format === undefined) {
    await io.raw("printf: missing operand\nTry 'printf --help' for more information.\n");
    return 1;
  }
  const made = formatPrintf(format, values, { quote: quoteBackslash, nowUs: process.time().realtimeUs, startUs: 0 });
  io.out(made.text);
  for (const problem of made.problems)
    await io.warn(problem.replace(/^(.*): invalid number$/, '\u2018$1\u2019: expected a numeric value'));
  return await io.end(made.problems.length > 0 ? 1 : 0);
};
export const printf: Applet = { name: 'printf', run: (process) => run(process, 'gnu', process.argv), applet: run };
