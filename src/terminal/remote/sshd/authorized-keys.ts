/**
 * authorized_keys as sshd reads it, with the checks of StrictModes and the options of a key.
 * Leaves out: certificates (cert-authority, principals), tunnels; what an option says of X11 and agents has nothing to act on.
 */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';
import { daysFromCivil } from '../../../formats/civil-time.ts';
import { fingerprintOf, keyTypeName, readPublicLine } from '../../../formats/keys/ssh-public.ts';
import type { Account } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { readKeyOptions, type KeyOptions } from './key-options.ts';
import type { SshdConfig } from './sshd-config.ts';
import { addressMatches } from './sshd-match.ts';

export type KeyVerdict =
  | { readonly type: 'accepted'; readonly algorithm: string; readonly options: KeyOptions }
  | { readonly type: 'unknown' }
  /** What sshd writes to its log. */
  | { readonly type: 'refused'; readonly reason: string };

/** Whether a user's key opens the door. */
export function authorize(
  process: Process,
  config: SshdConfig,
  account: Account,
  { key, address }: { readonly key: string; readonly address: string },
): KeyVerdict {
  const revoked = revocation(process, config, key);
  if (revoked !== undefined) return { type: 'refused', reason: revoked };
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
      const options = readKeyOptions(optionText(line, found.algorithm));
      if (options === undefined || hasExpired(process, options)) continue;
      if (options.from === undefined || addressMatches(address, options.from.split(',')))
        return { type: 'accepted', algorithm: found.algorithm, options };
      refusal = {
        type: 'refused',
        reason: `Authentication tried for ${account.name} with correct key but not from a permitted host (host=${address}, ip=${address}, required=${options.from})`,
      };
    }
  }
  return refusal;
}

/** What stands before the key's kind: the kind's name may be in quotes there, too. */
const optionText = (line: string, algorithm: string): string =>
  line.slice(0, new RegExp(`(^|\\s)${algorithm}\\s`).exec(line)?.index ?? 0).trim();

/** expiry-time: `YYYYMMDD[HHMM[SS]]`, in the host's time. */
function hasExpired(process: Process, { expiry }: KeyOptions): boolean {
  if (expiry === undefined) return false;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0'] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(expiry) ?? [];
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return process.time().realtimeUs / 1e6 > daysFromCivil(Number(year), Number(month), Number(day)) * 86_400 + seconds;
}

/** RevokedKeys: a list of public keys, one a line. A list that cannot be read revokes every key. */
function revocation(process: Process, { revokedKeys }: SshdConfig, key: string): string | undefined {
  if (revokedKeys === undefined) return undefined;
  const text = fileText(process, revokedKeys);
  const lines = (text ?? '').split('\n').flatMap((line) => readPublicLine(line) ?? []);
  const found = lines.find((each) => encodeBase64(each.blob) === key);
  if (text === undefined)
    return `error: Error checking authentication key in revoked keys file ${revokedKeys}: No such file or directory`;
  return found === undefined
    ? undefined
    : `error: Authentication key ${keyTypeName(found.algorithm)} ${fingerprintOf(found.blob)} revoked by file ${revokedKeys}`;
}

function pathFor(name: string, { home, name: user }: Account): string {
  const expanded = name.replace(/%h/g, home).replace(/%u/g, user).replace(/%%/g, '%');
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
