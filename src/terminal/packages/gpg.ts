/** gpg (2.4): --dearmor alone, which installing a repository's key takes. */
import { decodeBase64, encodeUtf8 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { parseOptions, type Applet } from '../coreutils/command.ts';
import type { Process } from '../../protocol/program.ts';
import { readOperand } from '../io.ts';
import { askOnTerminal } from '../remote/openssh/ask.ts';
import { notSimulated, plainProgram } from '../system/plain-program.ts';
import { bytesToText } from '../text.ts';

const LONG = { dearmor: 'dearmor', output: 'o', yes: 'yes', batch: 'batch', 'no-tty': 'no-tty', quiet: 'q' };

export const gpg: Applet = plainProgram('gpg', async ({ process, io, args }) => {
  const options = parseOptions(args, { name: 'gpg', short: 'o:q', long: LONG });
  if ('problem' in options || !options.has('dearmor')) return await notSimulated(io, `gpg ${args.join(' ')}`.trim());
  const [operand = '-'] = options.operands;
  const bytes = await readOperand(process, operand);
  if (failed(bytes)) {
    await io.raw(`gpg: can't open '${operand}': ${strerror(bytes)}\ngpg: dearmoring failed: ${strerror(bytes)}\n`);
    return 2;
  }
  const armour = /-----BEGIN PGP [A-Z ]+-----\s+([A-Za-z0-9+/=\s]+?)-----END/.exec(bytesToText(bytes))?.[1];
  const content = armour === undefined ? undefined : decodeBase64(armour.replace(/\s/g, ''));
  if (content === undefined) {
    await io.raw('gpg: no valid OpenPGP data found.\ngpg: dearmoring failed: Unknown system error\n');
    return 2;
  }
  const target = options.value('o') ?? (operand === '-' ? undefined : `${operand}.gpg`);
  if (target === undefined || target === '-') return (await io.bytes(content)) ? 0 : 1;
  if (!failed(process.stat(target)) && !options.has('yes')) {
    const answer = options.has('batch') ? 'n' : await askWhetherToOverwrite(process, target);
    if (answer === undefined || !/^y/i.test(answer)) {
      await io.raw(
        answer === undefined
          ? "gpg: cannot open '/dev/tty': No such device or address\n"
          : 'gpg: dearmoring failed: File exists\n',
      );
      return 2;
    }
  }
  const written = process.writeFile(target, content);
  if (!failed(written)) return 0;
  await process.write(2, encodeUtf8(`gpg: can't create '${target}': ${strerror(written)}\n`));
  return 2;
});

/** The answer on the terminal, whatever standard input is; undefined without one. */
async function askWhetherToOverwrite(process: Process, target: string): Promise<string | undefined> {
  if (failed(process.access('/dev/tty', { read: true }))) return undefined;
  return await askOnTerminal(process, `File '${target}' exists. Overwrite? (y/N) `, { echo: true });
}
