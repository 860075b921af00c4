/**
 * visudo (sudo 1.9.15) and nologin.
 * Models: -c with what sudoers includes, -f, -q, -s; editing a copy that is installed once it can be read.
 * Leaves out: -I, locks of other editors.
 */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, type Applet, type Invocation } from '../../coreutils/command.ts';
import { fileText, LineReader } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import { sudoersFiles } from './sudoers.ts';
import { sudoersErrors, sudoersErrorText } from './sudoers-syntax.ts';
import { plainProgram } from '../plain-program.ts';

const SUDOERS = '/etc/sudoers';
const HELP = `visudo - safely edit the sudoers file

usage: visudo [-chqsV] [[-f] sudoers ]

Options:
  -c, --check              check-only mode
  -f, --file=sudoers       specify sudoers file location
  -h, --help               display help message and exit
  -I, --no-includes        do not edit include files
  -q, --quiet              less verbose (quiet) syntax error messages
  -s, --strict             strict syntax checking
  -V, --version            display version information and exit
`;

export const visudo: Applet = command(
  {
    name: 'visudo',
    calls: 'short',
    short: 'cf:hIqsV',
    long: { check: 'c', file: 'f', help: 'h', 'no-includes': 'I', quiet: 'q', strict: 's', version: 'V' },
    absent: ['I'],
    hint: 'usage: visudo [-chqsV] [[-f] sudoers ]',
  },
  async (call) => {
    const { io, options, operands } = call;
    if (options.has('h')) {
      io.out(HELP);
      return await io.end(0);
    }
    if (options.has('V')) {
      io.line('visudo version 1.9.15p5\nvisudo grammar version 50');
      return await io.end(0);
    }
    const path = options.value('f') ?? operands[0] ?? SUDOERS;
    return options.has('c') ? await check(call, path) : await edit(call, path);
  },
);

/** What cannot be read is told first, and alone; owners and modes matter for the installed files only. */
async function check(call: Invocation, path: string): Promise<number> {
  const { io, options, operands, process } = call;
  const isOwn = path === SUDOERS && !options.has('f') && operands.length === 0;
  const files = sudoersFiles(process, path);
  let isReadable = true;
  for (const file of files) {
    const bytes = process.readFile(file);
    if (failed(bytes)) {
      await io.warn(`${file === path && !isOwn ? 'unable to open ' : ''}${file}: ${strerror(bytes)}`);
      return 1;
    }
    const problems = sudoersErrors(fileText(process, file) ?? '');
    if (!options.has('q')) for (const problem of problems) await io.raw(sudoersErrorText(file, problem));
    if (problems.length > 0) isReadable = false;
  }
  if (!isReadable) return await io.end(1);
  let isFine = true;
  for (const file of files) {
    const stat = process.stat(file);
    if (isOwn && !failed(stat) && (stat.mode & 0o777) !== 0o440) {
      if (!options.has('q')) await io.raw(`${file}: bad permissions, should be mode 0440\n`);
      isFine = false;
    } else if (!options.has('q')) io.line(`${file}: parsed OK`);
  }
  return await io.end(isFine ? 0 : 1);
}

/** The editor works on a copy; only what can be read takes the place of the file. */
async function edit({ io, process }: Invocation, path: string): Promise<number> {
  const before = process.readFile(path);
  if (failed(before) && before.errno !== 'ENOENT') {
    await io.warn(`${path}: ${strerror(before)}`);
    return 1;
  }
  const copy = `${path}.tmp`;
  const original = failed(before) ? '' : (fileText(process, path) ?? '');
  const written = process.writeFile(copy, encodeUtf8(original), { mode: 0o600 });
  if (failed(written)) {
    await io.warn(`${copy}: ${strerror(written)}`);
    return 1;
  }
  const { env } = process;
  const editor = env['SUDO_EDITOR'] ?? env['VISUAL'] ?? env['EDITOR'] ?? '/usr/bin/editor';
  for (;;) {
    await runAndWait(process, ['/bin/sh', '-c', `${editor} ${copy}`]);
    const text = fileText(process, copy) ?? '';
    if (text === original) {
      process.unlink(copy);
      await io.warn(`${copy} unchanged`);
      return 0;
    }
    const problems = sudoersErrors(text);
    for (const problem of problems) await io.raw(sudoersErrorText(path, problem));
    const answer = problems.length === 0 ? 'Q' : await whatNow({ io, process });
    if (answer === 'e') continue;
    if (answer === 'Q') {
      process.writeFile(path, encodeUtf8(text), { mode: 0o440 });
      process.chmod(path, 0o440);
    }
    process.unlink(copy);
    return answer === 'Q' ? 0 : 1;
  }
}

async function whatNow({ io, process }: Pick<Invocation, 'io' | 'process'>): Promise<'e' | 'x' | 'Q'> {
  for (;;) {
    io.out('What now? ');
    await io.flush();
    const answer = (await new LineReader(process, 0).nextText())?.trim() ?? 'x';
    if (answer === 'e' || answer === 'x' || answer === 'Q') return answer;
    io.out(
      'Options are:\n  (e)dit sudoers file again\n  e(x)it without saving changes to sudoers file\n  (Q)uit and save changes to sudoers file (DANGER!)\n\n',
    );
  }
}

/** The shell of accounts that nobody logs in to (util-linux 2.39). */
export const nologin: Applet = plainProgram('nologin', async ({ io }) => {
  io.line('This account is currently not available.');
  return await io.end(1);
});
