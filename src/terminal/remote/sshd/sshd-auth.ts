/** Who may come in: sshd's side of authentication. */
import { decodeBase64 } from '../../../protocol/bytes.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { fingerprintOf, keyTypeName } from '../../../formats/keys/ssh-public.ts';
import { accountOf, groupNameOf, type Account } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { isPasswordOf, shadowHash } from '../../system/accounts/become-user.ts';
import { textToBytes } from '../../text.ts';
import { authorize } from './authorized-keys.ts';
import { matchesList } from '../openssh/config-include.ts';
import { nextRequest, sendSsh } from '../openssh/ssh-connection.ts';
import type { AuthAttempt, AuthMethod } from '../openssh/ssh-protocol.ts';
import type { SshdConfig } from './sshd-config.ts';

/** What PAM lets pass before it says that a password was wrong, µs. */
const FAILED_PASSWORD_DELAY_US = 2_000_000;
const LOGIN_GRACE = 'Too many authentication failures';

export interface Admitted {
  readonly account: Account;
  readonly forcedCommand?: string;
}

/** Writes to the log. */
export const log = async (process: Process, text: string): Promise<void> => {
  await process.write(2, textToBytes(`${text}\n`));
};

/** Answers attempts until one succeeds; undefined where the client gave up or failed too often. */
export async function authenticate(
  process: Process,
  fd: Fd,
  config: SshdConfig,
  from: string,
): Promise<Admitted | undefined> {
  const methods: readonly AuthMethod[] = [
    ...(config.pubkeyAuthentication ? (['publickey'] as const) : []),
    ...(config.passwordAuthentication ? (['password'] as const) : []),
  ];
  let failures = 0;
  let greeted = false;
  for (;;) {
    const request = await nextRequest(process, fd);
    if (request?.type !== 'auth') return undefined;
    if (config.banner !== undefined && !greeted)
      await sendSsh(process, fd, { type: 'banner', text: fileText(process, config.banner) ?? '' });
    greeted = true;
    const admitted = request.method === 'none' ? undefined : await attempt(process, config, request, from, methods);
    if (admitted !== undefined) {
      await sendSsh(process, fd, { type: 'auth-success' });
      // It stands above the command of a key.
      return config.forceCommand === undefined ? admitted : { ...admitted, forcedCommand: config.forceCommand };
    }
    if (request.method !== 'none') failures += 1;
    if (failures >= config.maxAuthTries) {
      await log(
        process,
        `error: maximum authentication attempts exceeded for ${request.user} from ${from} ssh2 [preauth]`,
      );
      await sendSsh(process, fd, { type: 'disconnect', reason: LOGIN_GRACE });
      return undefined;
    }
    await sendSsh(process, fd, { type: 'auth-failure', methods });
  }
}

async function attempt(
  process: Process,
  config: SshdConfig,
  request: AuthAttempt,
  from: string,
  methods: readonly AuthMethod[],
): Promise<Admitted | undefined> {
  const { user, method } = request;
  if (method === 'none' || !methods.includes(method)) return undefined;
  const account = accountOf(process, user);
  const known = account?.name === user && mayLogIn(process, config, account) ? account : undefined;
  const admitted =
    method === 'publickey'
      ? await byKey(process, config, known, request, from)
      : await byPassword(process, config, known, request);
  if (admitted !== undefined) {
    const key = decodeBase64(request.key ?? '');
    const how = method === 'publickey' && key !== undefined ? `: ${keyLabel(key)}` : '';
    await log(process, `Accepted ${method} for ${user} from ${from} ssh2${how}`);
  } else if (method === 'password')
    await log(process, `Failed password for ${known === undefined ? 'invalid user ' : ''}${user} from ${from} ssh2`);
  return admitted;
}

const keyLabel = (blob: Uint8Array): string => {
  const length = ((blob[2] ?? 0) << 8) | (blob[3] ?? 0);
  const algorithm = String.fromCharCode(...blob.subarray(4, 4 + length));
  return `${keyTypeName(algorithm)} ${fingerprintOf(blob)}`;
};

/** Allow and Deny lists; `DenyUsers` first, as sshd_config(5) orders them. */
function mayLogIn(process: Process, config: SshdConfig, { name, gid, groups }: Account): boolean {
  const names = [gid, ...groups].map((id) => groupNameOf(process, id) ?? String(id));
  const inGroups = (list: readonly string[]): boolean => names.some((group) => matchesList(group, list));
  if (matchesList(name, config.denyUsers) || inGroups(config.denyGroups)) return false;
  if (config.allowUsers.length > 0 && !matchesList(name, config.allowUsers)) return false;
  return config.allowGroups.length === 0 || inGroups(config.allowGroups);
}

async function byKey(
  process: Process,
  config: SshdConfig,
  account: Account | undefined,
  { key = '' }: AuthAttempt,
  from: string,
): Promise<Admitted | undefined> {
  if (account === undefined) return undefined;
  const verdict = authorize(process, config, account, key);
  if (verdict.type === 'refused') await log(process, verdict.reason);
  if (verdict.type !== 'accepted') return undefined;
  const { forcedCommand } = verdict;
  if (account.uid === 0 && !rootMay(config, forcedCommand !== undefined)) {
    await log(process, `ROOT LOGIN REFUSED FROM ${from}`);
    return undefined;
  }
  return { account, ...(forcedCommand === undefined ? {} : { forcedCommand }) };
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
