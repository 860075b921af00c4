/** Who may come in: sshd's side of authentication. */
import { decodeBase64 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { fingerprintOf, keyTypeName } from '../../../formats/keys/ssh-public.ts';
import { accountOf, groupNameOf, type Account } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { isPasswordOf, shadowHash } from '../../system/accounts/become-user.ts';
import { authorize } from './authorized-keys.ts';
import { matchesList, matchesPattern } from '../openssh/config-include.ts';
import { nextRequest, sendSsh } from '../openssh/ssh-connection.ts';
import type { AuthAttempt, AuthMethod } from '../openssh/ssh-protocol.ts';
import type { KeyOptions } from './key-options.ts';
import type { SshdConfig } from './sshd-config.ts';
import { logAt } from './sshd-log.ts';
import { addressMatches, type MatchSubject } from './sshd-match.ts';

/** What PAM lets pass before it says that a password was wrong, µs. */
const FAILED_PASSWORD_DELAY_US = 2_000_000;
const LOGIN_GRACE = 'Too many authentication failures';

export interface Admitted {
  readonly account: Account;
  /** What stood before the key. */
  readonly key?: KeyOptions;
}
interface Entered extends Admitted {
  readonly config: SshdConfig;
}

/** Who is at the other end. */
export interface Peer {
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly localPort: number;
}

const placeOf = ({ address, port }: Peer): string => `${address} port ${String(port)}`;
const ORDER: readonly AuthMethod[] = ['publickey', 'password', 'keyboard-interactive'];

/** Answers attempts until the user is let in; undefined where the client gave up, failed too often or took too long. */
export async function authenticate(
  process: Process,
  fd: Fd,
  configFor: (subject: MatchSubject) => SshdConfig,
  peer: Peer,
): Promise<Entered | undefined> {
  const ends = {
    address: peer.address,
    host: peer.address,
    localAddress: peer.localAddress,
    localPort: peer.localPort,
  };
  let config = configFor(ends);
  const graceUs = config.loginGraceSeconds * 1e6;
  const deadlineUs = graceUs === 0 ? undefined : process.time().monotonicUs + graceUs;
  let user: string | undefined;
  let failures = 0;
  let lists: readonly (readonly string[])[] = [];
  for (;;) {
    const request = await requestBefore(process, fd, deadlineUs);
    if (request === 'late') {
      await logAt(process, config, 'error', `fatal: Timeout before authentication for ${placeOf(peer)}`);
      return undefined;
    }
    if (request?.type !== 'auth') return undefined;
    if (user === undefined) {
      user = request.user;
      config = configFor({ ...ends, user, groups: groupNames(process, user) });
      lists = config.authenticationMethods;
      if (config.banner !== undefined)
        await sendSsh(process, fd, { type: 'banner', text: fileText(process, config.banner) ?? '' });
    }
    const methods = methodsLeft(config, lists);
    const admitted = request.method === 'none' ? undefined : await attempt(process, config, request, peer, methods);
    if (admitted !== undefined) {
      lists = lists.filter(([next]) => next === request.method).map((list) => list.slice(1));
      if (lists.length === 0 || lists.some((list) => list.length === 0)) {
        await sendSsh(process, fd, { type: 'auth-success' });
        return { ...admitted, config };
      }
      await sendSsh(process, fd, { type: 'auth-failure', methods: methodsLeft(config, lists), partial: true });
      continue;
    }
    if (request.method !== 'none') failures += 1;
    if (failures >= config.maxAuthTries && request.method !== 'none') {
      const whom = `${request.user} from ${placeOf(peer)}`;
      await logAt(
        process,
        config,
        'error',
        `error: maximum authentication attempts exceeded for ${whom} ssh2 [preauth]`,
      );
      await sendSsh(process, fd, { type: 'disconnect', reason: LOGIN_GRACE });
      return undefined;
    }
    await sendSsh(process, fd, { type: 'auth-failure', methods });
  }
}

/** The next request; `late` where the time to log in is over. */
async function requestBefore(
  process: Process,
  fd: Fd,
  deadlineUs: number | undefined,
): Promise<Awaited<ReturnType<typeof nextRequest>> | 'late'> {
  if (deadlineUs !== undefined) {
    const ready = await process.poll([{ fd, read: true }], Math.max(0, deadlineUs - process.time().monotonicUs));
    if (!failed(ready) && ready.length === 0) return 'late';
  }
  return await nextRequest(process, fd);
}

function groupNames(process: Process, user: string): readonly string[] {
  const account = accountOf(process, user);
  if (account?.name !== user) return [];
  return [account.gid, ...account.groups].map((id) => groupNameOf(process, id) ?? String(id));
}

/** What the client may go on with: the methods that are switched on, of AuthenticationMethods those whose turn it is. */
function methodsLeft(config: SshdConfig, lists: readonly (readonly string[])[]): readonly AuthMethod[] {
  const on: Readonly<Record<AuthMethod, boolean>> = {
    publickey: config.pubkeyAuthentication,
    password: config.passwordAuthentication,
    'keyboard-interactive': config.kbdInteractiveAuthentication && config.usePam,
  };
  return ORDER.filter((method) => on[method] && (lists.length === 0 || lists.some(([next]) => next === method)));
}

async function attempt(
  process: Process,
  config: SshdConfig,
  request: AuthAttempt,
  peer: Peer,
  methods: readonly AuthMethod[],
): Promise<Admitted | undefined> {
  const { user, method } = request;
  if (method === 'none' || !methods.includes(method)) return undefined;
  const account = accountOf(process, user);
  const known = account?.name === user && mayLogIn(process, config, account, peer) ? account : undefined;
  const admitted =
    method === 'publickey'
      ? await byKey(process, config, known, request, peer)
      : await byPassword(process, config, known, request);
  const called = method === 'keyboard-interactive' ? `${method}/pam` : method;
  const whom = `${user} from ${placeOf(peer)} ssh2`;
  if (admitted !== undefined) {
    const key = decodeBase64(request.key ?? '');
    const how = method === 'publickey' && key !== undefined ? `: ${keyLabel(key)}` : '';
    const whole = config.authenticationMethods.length > 0 && !methodsEnd(config, method);
    await logAt(process, config, 'info', `${whole ? 'Partial' : 'Accepted'} ${called} for ${whom}${how}`);
  } else if (method !== 'publickey')
    await logAt(process, config, 'info', `Failed ${called} for ${known === undefined ? 'invalid user ' : ''}${whom}`);
  return admitted;
}

/** Whether a method may be the last of a list. */
const methodsEnd = ({ authenticationMethods }: SshdConfig, method: AuthMethod): boolean =>
  authenticationMethods.some((list) => list.at(-1) === method);

const keyLabel = (blob: Uint8Array): string => {
  const length = ((blob[2] ?? 0) << 8) | (blob[3] ?? 0);
  const algorithm = String.fromCharCode(...blob.subarray(4, 4 + length));
  return `${keyTypeName(algorithm)} ${fingerprintOf(blob)}`;
};

/** Allow and Deny lists; `DenyUsers` first, as sshd_config(5) orders them. */
function mayLogIn(process: Process, config: SshdConfig, { name }: Account, { address }: Peer): boolean {
  const names = groupNames(process, name);
  const inGroups = (list: readonly string[]): boolean => names.some((group) => matchesList(group, list));
  const listed = (list: readonly string[]): boolean => list.some((pattern) => userFits(name, address, pattern));
  if (listed(config.denyUsers) || inGroups(config.denyGroups)) return false;
  if (config.allowUsers.length > 0 && !listed(config.allowUsers)) return false;
  return config.allowGroups.length === 0 || inGroups(config.allowGroups);
}

/** `user` or `user@host`, where the host may be a network. */
function userFits(name: string, address: string, pattern: string): boolean {
  const at = pattern.lastIndexOf('@');
  if (at < 0) return matchesPattern(name, pattern);
  return matchesPattern(name, pattern.slice(0, at)) && addressMatches(address, [pattern.slice(at + 1)]);
}

async function byKey(
  process: Process,
  config: SshdConfig,
  account: Account | undefined,
  { key = '' }: AuthAttempt,
  peer: Peer,
): Promise<Admitted | undefined> {
  if (account === undefined) return undefined;
  const verdict = authorize(process, config, account, { key, address: peer.address });
  if (verdict.type === 'refused')
    await logAt(process, config, verdict.reason.startsWith('error: ') ? 'error' : 'info', verdict.reason);
  if (verdict.type !== 'accepted') return undefined;
  const { options } = verdict;
  if (account.uid === 0 && !rootMay(config, config.forceCommand !== undefined || options.command !== undefined)) {
    await logAt(process, config, 'info', `ROOT LOGIN REFUSED FROM ${placeOf(peer)}`);
    return undefined;
  }
  return { account, key: options };
}

const rootMay = ({ permitRootLogin }: SshdConfig, forced: boolean): boolean =>
  permitRootLogin === 'forced-commands-only' ? forced : permitRootLogin !== 'no';

async function byPassword(
  process: Process,
  config: SshdConfig,
  account: Account | undefined,
  { password = '' }: AuthAttempt,
): Promise<Admitted | undefined> {
  const allowed = account !== undefined && (account.uid !== 0 || config.permitRootLogin === 'yes');
  const empty = account !== undefined && shadowHash(process, account.name) === '';
  const fits =
    account !== undefined &&
    (empty ? config.permitEmptyPasswords && password === '' : isPasswordOf(process, account.name, password));
  if (allowed && fits) return { account };
  await process.sleep(FAILED_PASSWORD_DELAY_US);
  return undefined;
}
