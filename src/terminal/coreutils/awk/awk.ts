/** awk (mawk's messages, gawk's common functions): prints as lines come. Leaves out two-way pipes and networking. */
import { fileText } from '../../io.ts';
import { drive } from '../../shell/machine/op.ts';
import { command, usageError } from '../command.ts';
import { unescapeText } from './escapes.ts';
import { AwkInterpreter } from './interpreter.ts';
import { parseAwk } from './parser.ts';
import type { AwkProgram } from './syntax.ts';
import { AwkSyntax } from './syntax.ts';

export const awk = command(
  {
    name: 'awk',
    calls: 'short',
    usage: '[OPTIONS] [AWK_PROGRAM] [FILE]...',
    short: 'F:v:f:',
    long: { 'field-separator': 'F', assign: 'v', file: 'f' },
    stopEarly: true,
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const files = options.values('f');
    const parts = files.map((path) => fileText(process, path));
    const missing = parts.indexOf(undefined);
    if (missing >= 0) {
      await io.raw(`${io.name}: cannot open ${files[missing] ?? ''} (No such file or directory)\n`);
      return 2;
    }
    const [first, ...rest] = operands;
    if (files.length === 0 && first === undefined) {
      if (call.flavour === 'busybox') return await usageError(call, '');
      await io.raw('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n');
      return 2;
    }
    const program = parse(files.length === 0 ? (first ?? '') : parts.join('\n'));
    if (program instanceof AwkSyntax) {
      await io.raw(`${io.name}: line ${String(program.line)}: ${program.message}\n`);
      return 2;
    }
    const interpreter = new AwkInterpreter(process, io, program, files.length === 0 ? rest : operands);
    const separator = options.value('F');
    if (separator !== undefined) interpreter.variables.set('FS', separator === 't' ? '\t' : unescapeText(separator));
    for (const assignment of options.values('v')) interpreter.assign(assignment);
    return await io.end(await drive(interpreter.run()));
  },
);

function parse(source: string): AwkProgram | AwkSyntax {
  try {
    return parseAwk(source);
  } catch (error) {
    if (error instanceof AwkSyntax) return error;
    throw error;
  }
}
