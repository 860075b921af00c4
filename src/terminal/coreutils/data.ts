/** base64, expr and test as programs. */
import { decodeBase64, encodeBase64 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { Io, readOperand } from '../io.ts';
import { bytesToText } from '../text.ts';
import { evaluateExpr } from './expr-value.ts';
import { Shell } from '../shell/shell.ts';
import { testArguments } from '../shell/test-expression.ts';
import type { Applet } from './command.ts';
import { command } from './command.ts';

export const base64 = command(
  { name: 'base64', short: 'diw:', long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w' } },
  async (call) => {
    const { io, options, process } = call;
    const [name = '-'] = call.operands;
    const bytes = await readOperand(process, name);
    if (failed(bytes)) {
      await io.warn(`${name}: ${strerror(bytes)}`);
      return 1;
    }
    if (options.has('d')) {
      const decoded = decodeBase64(
        options.has('i') ? bytesToText(bytes).replace(/[^A-Za-z0-9+/=]/g, '') : bytesToText(bytes),
      );
      if (decoded === undefined) {
        await io.warn('invalid input');
        return 1;
      }
      await io.bytes(decoded);
      return await io.end(0);
    }
    const width = Number(options.value('w') ?? '76');
    const text = encodeBase64(bytes);
    io.out(width === 0 ? text : text.replace(new RegExp(`.{1,${String(width)}}`, 'g'), '$&\n'));
    return await io.end(0);
  },
);

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
