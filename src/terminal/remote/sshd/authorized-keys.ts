/** authorized_keys as sshd reads it, with the checks of StrictModes. Leaves out: options of a key but `command=`. */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { readPublicLine } from '../../../formats/keys/ssh-public.ts';
import type { Account } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import type { SshdConfig } from './sshd-config.ts';

export type KeyVerdict =
  | { readonly type: 'accepted'; readonly algorithm: string; readonly forcedCommand?: string }
  | { readonly type: 'unknown' }
  /** What sshd writes to its log. */
  | { readonly type: 'refused'; readonly reason: string };

/** Whether a user's key opens the door. */
export function authorize(process: Process, config: SshdConfig, account: Account, key: string): KeyVerdict {
  let refusal: KeyVerdict = { type: 'unknown' };
  for (const name of config.authorizedKeysFiles) {
    const path = pathFor(name, account);
    const text = fileText(process, path);
    if (text === undefined) continue;
    const reason = config.strictModes ? unsafe(process, path, account) : undefined;
    if (reason !== undefined) {
      refusal = { type: 'refused', reason: `Authentication refused: ${reason}` };
      continue;
    }
    for (const line of text.split('\n')) {
      const found = readPublicLine(line);
      if (found === undefined || encodeBase64(found.blob) !== key) continue;
      const forced = /(?:^|,)command="((?:[^"\\]|\\.)*)"/.exec(line.slice(0, line.indexOf(found.algorithm)))?.[1];
      return {
        type: 'accepted',
        algorithm: found.algorithm,
        ...(forced === undefined ? {} : { forcedCommand: forced.replace(/\\"/g, '"') }),
      };
    }
  }
  return refusal;
}

function pathFor(name: string, { home, name: user }: Account): string {
  const expanded = name.replace(/%h/g, home).replace(/%u/g, user);
  return expanded.startsWith('/') ? expanded : `${home}/${expanded}`;
}

/** The file and each directory up to the home have to belong to the user or root and be writable by nobody else. */
function unsafe(process: Process, path: string, { uid, home }: Account): string | undefined {
  const bad = (stat: FileStat): boolean => (stat.uid !== 0 && stat.uid !== uid) || (stat.mode & 0o022) !== 0;
  const real = process.realpath(path);
  if (failed(real)) return undefined;
  const file = process.stat(real);
  if (!failed(file) && bad(file)) return `bad ownership or modes for file ${real}`;
  for (let at = parent(real); ; at = parent(at)) {
    const stat = process.stat(at);
    if (!failed(stat) && bad(stat)) return `bad ownership or modes for directory ${at}`;
    if (at === home || at === '/') return undefined;
  }
}
const parent = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
