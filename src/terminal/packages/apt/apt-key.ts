/** apt-key (deprecated): add, list. Leaves out: adv, del, export. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Applet } from '../../coreutils/command.ts';
import { fileText, readOperand } from '../../io.ts';
import { notSimulated, plainProgram } from '../../system/plain-program.ts';
import { bytesToText } from '../../text.ts';
import { keysIn } from './apt-sources.ts';

const RING = '/etc/apt/trusted.gpg';

export const aptKey: Applet = plainProgram('apt-key', async ({ process, io, args }) => {
  const [verb = '', operand = '-'] = args;
  if (verb !== 'add' && verb !== 'list') return await notSimulated(io, `apt-key ${verb}`.trim());
  await io.raw('Warning: apt-key is deprecated. Manage keyring files in trusted.gpg.d instead (see apt-key(8)).\n');
  if (verb === 'list') {
    const keys = keysIn(fileText(process, RING) ?? '');
    if (keys.length > 0)
      io.out(`${RING}\n${'-'.repeat(RING.length)}\n${keys.map((key) => `pub   ${key}\n`).join('')}\n`);
    return await io.end(0);
  }
  const bytes = await readOperand(process, operand);
  if (failed(bytes)) {
    await io.raw(`gpg: can't open '${operand}': ${strerror(bytes)}\n`);
    return 2;
  }
  const keys = keysIn(bytesToText(bytes));
  if (keys.length === 0) {
    await io.raw('gpg: no valid OpenPGP data found.\n');
    return 2;
  }
  const text = `${fileText(process, RING) ?? ''}${keys.map((key) => `key ${key}\n`).join('')}`;
  const written = process.writeFile(RING, encodeUtf8(text), { mode: 0o644 });
  if (failed(written)) {
    await io.raw('E: This command can only be used by root.\n');
    return 1;
  }
  io.line('OK');
  return await io.end(0);
});
