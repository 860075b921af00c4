/** What su and sudo share: credentials, environment and the password question. */
import type { Process } from '../../protocol/program.ts';
import type { Credentials } from '../../protocol/program.ts';
import type { Account } from '../accounts.ts';
import { fileText, LineReader } from '../io.ts';
import { bytesToText, textToBytes } from '../text.ts';
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
  const line = await new LineReader(process, fd).next();
  if (tty) {
    process.setTermios(fd, { echo: true });
    await process.write(2, textToBytes('\n'));
  }
  return line === undefined ? undefined : bytesToText(line);
}

/** Whether a password is the user's; locked accounts have none. */
export function isPasswordOf(process: Process, user: string, password: string): boolean {
  const hash = shadowHash(process, user);
  return hash !== undefined && passwordFits(password, hash);
}
