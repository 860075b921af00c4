/** sed (GNU sed 4.9): streams line by line. Leaves out the `e` command and flag, and --debug. */
import { fileText } from '../../io.ts';
import { localeOf } from '../../posix-regex.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { SedMachine } from './machine.ts';
import { parseSed } from './parser.ts';
import type { SedFailure } from './script.ts';

const USAGE = '[OPTION]... {script-only-if-no-other-script} [input-file]...';

export const sed = command(
  {
    name: 'sed',
    short: 'ne:f:Eri::szul:',
    long: {
      quiet: 'n',
      silent: 'n',
      expression: 'e',
      file: 'f',
      'regexp-extended': 'E',
      'in-place': 'i::',
      'line-length': 'l',
      separate: 's',
      'null-data': 'z',
      unbuffered: 'u',
      posix: 'posix',
    },
    hint: (name) => `Usage: ${name} ${USAGE}\n`,
    usage: USAGE,
    absentLong: 'debug follow-symlinks sandbox',
  },
  async (call) => {
    const { options, io } = call;
    const parts = await givenScripts(call);
    if (parts === undefined) return call.flavour === 'gnu' ? 4 : 1;
    const [first, ...rest] = call.operands;
    if (parts.length === 0 && first === undefined) {
      if (call.flavour === 'busybox') return await usageError(call, '');
      await io.raw(`Usage: ${io.name} ${USAGE}\n\n`);
      return 1;
    }
    const script = parts.length === 0 ? (first ?? '') : parts.join('\n');
    const files = parts.length === 0 ? rest : call.operands;
    const commands = parseSed(script, {
      extended: options.has('E') || options.has('r'),
      locale: call.flavour === 'gnu' ? localeOf(call.process.env) : undefined,
    });
    if ('message' in commands) {
      if (call.flavour === 'busybox' && !commands.message.startsWith('drydock:')) {
        await io.warn(busyboxFault(script, commands));
        return 1;
      }
      await explain(call, commands);
      return commands.at === undefined ? 4 : 1;
    }
    const quiet = options.has('n') || /^#n(\n|$)/.test(script);
    return await new SedMachine(call, commands, files.length === 0 ? ['-'] : files, quiet).run();
  },
);

/** The same fault as busybox' parser words it. */
function busyboxFault(script: string, { message, at }: SedFailure): string {
  const [, delimiter = '/', pattern = ''] = /[sy]([^\w\s])((?:\\.|(?!\1).)*)/s.exec(script) ?? [];
  if (message.startsWith('unterminated')) return `unmatched '${delimiter}'`;
  if (message.startsWith('extra characters') || message.startsWith('unknown command'))
    return `unsupported command ${script.charAt((at ?? 1) - 1)}`;
  return message.startsWith('Unmatched') ? `bad regex '${pattern}': ${message}` : message;
}

/** The scripts of -e and -f in their order; undefined after a complaint. */
async function givenScripts({ options, io, process }: Invocation): Promise<readonly string[] | undefined> {
  const parts: string[] = [];
  for (const [letter, value] of options.order) {
    if (letter === 'e') parts.push(value);
    if (letter !== 'f') continue;
    const text = fileText(process, value);
    if (text === undefined) {
      await io.warn(`couldn't open file ${value}: No such file or directory`);
      return undefined;
    }
    parts.push(text.replace(/^#!.*\n/, '').replace(/\n$/, ''));
  }
  return parts;
}

async function explain({ io }: Invocation, { message, at }: SedFailure): Promise<void> {
  if (message.startsWith('drydock:')) await io.raw(`${message}\n`);
  else await io.warn(at === undefined ? message : `-e expression #1, char ${String(at)}: ${message}`);
}
