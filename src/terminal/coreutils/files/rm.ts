/** rm (GNU coreutils). */
import { failed } from '../../../protocol/errno.ts';
import { chooseArgument, type Choice } from '../argument-choice.ts';
import { command, type Invocation, usageError } from '../command.ts';
import { Questions } from '../questions.ts';
import { type RemovalSettings, Remover } from './remover.ts';
import { quoteName } from '../quoting.ts';

export const rm = command(
  {
    name: 'rm',
    short: 'rRfivId',
    long: {
      recursive: 'r',
      force: 'f',
      interactive: 'interactive::',
      verbose: 'v',
      dir: 'd',
      'no-preserve-root': 'no-preserve-root',
      'preserve-root': 'preserve-root::',
      'one-file-system': 'one-file-system',
    },
    busybox: 'rRfi',
    meant: (process, args) => {
      const name = args.find((arg) => arg.startsWith('-') && arg !== '-' && !failed(process.lstat(arg)));
      return name === undefined ? undefined : `Try 'rm ./${name}' to remove the file ${quoteName(name)}.`;
    },
  },
  async (call) => {
    const { io, options, operands } = call;
    const asking = await readAsking(call);
    if (asking === undefined) return 1;
    const root = options.value('preserve-root') ?? '';
    if (root !== '' && root !== 'all') {
      await io.warn(`unrecognized --preserve-root argument: '${root}'`);
      return 1;
    }
    if (operands.length === 0) return options.has('f') ? 0 : await usageError(call, 'missing operand');
    const recursive = options.has('r') || options.has('R');
    if (asking.once && !(await agreesToAll(call, recursive))) return 0;
    const remover = new Remover(call, {
      ...asking,
      recursive,
      emptyDirectories: options.has('d'),
      verbose: options.has('v'),
      oneFileSystem: options.has('one-file-system'),
      ...(options.has('no-preserve-root') ? {} : { preserveRoot: root === 'all' ? 'all' : 'root' }),
    });
    for (const path of operands) await remover.operand(path);
    return await io.end(remover.status);
  },
);

type Asking = Pick<RemovalSettings, 'asks' | 'force'> & { readonly once: boolean };

const OPTIONS = {
  f: { asks: 'never', force: true, once: false },
  i: { asks: 'always', force: false, once: false },
  I: { asks: 'of-protected', force: false, once: true },
} as const;

const WHEN: readonly Choice<keyof typeof OPTIONS>[] = [
  ['f', 'never', 'no', 'none'],
  ['I', 'once'],
  ['i', 'always', 'yes'],
];

/** When it asks, by the last option that says so; undefined after a complaint. */
async function readAsking(call: Invocation): Promise<Asking | undefined> {
  let asking: Asking = { asks: 'of-protected', force: false, once: false };
  for (const [option, value] of call.options.order) {
    if (option === 'f' || option === 'i' || option === 'I') asking = OPTIONS[option];
    if (option !== 'interactive') continue;
    const letter = await chooseArgument(call, '--interactive', value || 'always', WHEN);
    if (letter === undefined) return undefined;
    // Not to ask is not yet not to mind what is missing.
    asking = letter === 'f' ? { asks: 'never', force: asking.force ?? false, once: false } : OPTIONS[letter];
  }
  return asking;
}

/** The one question of -I: of more than three operands, or of whole trees. */
async function agreesToAll({ io, operands }: Invocation, recursive: boolean): Promise<boolean> {
  if (!recursive && operands.length <= 3) return true;
  const count = `${String(operands.length)} argument${operands.length === 1 ? '' : 's'}`;
  return await new Questions(io).agrees(`remove ${count}${recursive ? ' recursively' : ''}?`);
}
