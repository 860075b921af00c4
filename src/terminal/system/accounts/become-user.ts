/** What su and sudo share: credentials, environment and the password question. */
import { concatBytes } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Credentials } from '../../../protocol/program.ts';
import type { Account } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { passwordFits } from './password-hash.ts';

/** Root has all capabilities, others none. */
export const credentialsOf = ({ uid, gid, groups }: Account): Credentials => ({
  uid,
  gid,
  groups: [...new Set([gid, ...groups])],
  capabilities: uid === 0 ? 'all' : [],
});

/** The hash that /etc/shadow has for a user. */
export const shadowHash = (process: Process, user: string): string | undefined =>
  (fileText(process, '/etc/shadow') ?? '')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === user)?.[1];

/** Asks on the terminal without echo; undefined at end of file. */
export async function askPassword(process: Process, prompt: string, fd = 0): Promise<string | undefined> {
  const tty = process.isatty(fd);
  await process.write(2, textToBytes(prompt));
  if (tty) process.setTermios(fd, { echo: false });
  const line = await readLine(process, fd);
  if (tty) {
    process.setTermios(fd, { echo: true });
    await process.write(2, textToBytes('\n'));
  }
  return line;
}

/** A byte at a time: what follows the line is for whoever asks next (pam_misc's conversation). */
async function readLine(process: Process, fd: number): Promise<string | undefined> {
  const typed: Uint8Array[] = [];
  for (;;) {
    const byte = await process.read(fd, 1);
    if (failed(byte)) {
      if (byte.errno === 'EINTR') continue;
      return undefined;
    }
    if (byte.length === 0) return typed.length === 0 ? undefined : bytesToText(concatBytes(typed));
    if (byte[0] === 10) return bytesToText(concatBytes(typed));
    typed.push(byte);
  }
}

/** Whether a password is the user's; locked accounts have none. */
export function isPasswordOf(process: Process, user: string, password: string): boolean {
  const hash = shadowHash(process, user);
  return hash !== undefined && passwordFits(password, hash);
}
