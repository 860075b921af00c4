/** ssh's side of authentication: keys first, then passwords. */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { fingerprintOf, keyTypeName, readPublicLine } from '../../../formats/keys/ssh-public.ts';
import { agentKeys } from '../agent/agent-protocol.ts';
import { fileText } from '../../io.ts';
import { askOnTerminal } from '../openssh/ask.ts';
import { DEFAULT_IDENTITIES, loadIdentity, type Identity } from './identity-files.ts';
import { nextReply, sendSsh } from '../openssh/ssh-connection.ts';
import type { SshLog } from './ssh-log.ts';
import type { AuthMethod, SshReply } from '../openssh/ssh-protocol.ts';
import type { SshTarget } from './ssh-target.ts';

/** Lets the user in; undefined where that failed and was said. */
export async function authenticateTo(
  process: Process,
  log: SshLog,
  fd: Fd,
  target: SshTarget,
  secrets: Map<string, string>,
): Promise<boolean> {
  const { user } = target;
  const account = `${user}@${target.host}`;
  const keys = target.pubkey ? await candidates(process, log, target) : [];
  for (const { path, offered } of keys)
    await log.debug(`Will attempt key: ${offered === undefined ? `${path} ` : labelOf(offered)}`);
  let answer = await converse(process, log, fd, { type: 'auth', user, method: 'none' });
  const methods = (): readonly AuthMethod[] => (answer?.type === 'auth-failure' ? answer.methods : []);
  const canContinue = async (): Promise<void> => {
    if (methods().length > 0) await log.debug(`Authentications that can continue: ${methods().join(',')}`);
  };
  await canContinue();
  if (target.pubkey && methods().includes('publickey')) {
    await log.debug('Next authentication method: publickey');
    for (const { path, offered } of keys) {
      if (offered === undefined) {
        await log.debug(`Trying private key: ${path}`);
        continue;
      }
      await log.debug(`Offering public key: ${labelOf(offered)}`);
      answer = await converse(process, log, fd, {
        type: 'auth',
        user,
        method: 'publickey',
        key: encodeBase64(offered.public.blob),
      });
      if (answer?.type === 'auth-success') {
        await log.debug(`Server accepts key: ${labelOf(offered)}`);
        return await succeeded(log, target, 'publickey');
      }
      if (methods().length === 0) break;
      await canContinue();
    }
  }
  if (target.password && !target.batch && methods().includes('password'))
    await log.debug('Next authentication method: password');
  for (
    let prompt = 0;
    target.password && !target.batch && methods().includes('password') && prompt < target.passwordPrompts;
    prompt += 1
  ) {
    if (prompt > 0) await log.error('Permission denied, please try again.');
    const known = prompt === 0 ? secrets.get(account) : undefined;
    // Where nobody can be asked, the password is an empty one.
    const password =
      known ?? (await askOnTerminal(process, `${user}@${target.host}'s password: `, { echo: false })) ?? '';
    answer = await converse(process, log, fd, { type: 'auth', user, method: 'password', password });
    if (answer?.type === 'auth-success') {
      secrets.set(account, password);
      return await succeeded(log, target, 'password');
    }
    await canContinue();
  }
  if (methods().length > 0) await log.debug('No more authentication methods to try.');
  return await refused(log, target, answer);
}

const labelOf = ({ path, public: key, explicit, agent }: Offered): string =>
  `${path} ${keyTypeName(key.algorithm)} ${fingerprintOf(key.blob)}${explicit ? ' explicit' : ''}${agent ? ' agent' : ''}`;

async function converse(
  process: Process,
  log: SshLog,
  fd: Fd,
  attempt: Parameters<typeof sendSsh>[2],
): Promise<SshReply | undefined> {
  await sendSsh(process, fd, attempt);
  for (;;) {
    const answer = await nextReply(process, fd);
    if (answer?.type !== 'banner') return answer;
    await log.info(answer.text.replace(/\n$/, ''));
  }
}

/** What is tried: the agent's keys, unless the configuration wants its files alone, then those of files. */
async function candidates(process: Process, log: SshLog, target: SshTarget): Promise<readonly Candidate[]> {
  const explicit = target.identityFiles.length > 0;
  const held = target.identitiesOnly ? [] : await agentKeys(process);
  const found: Candidate[] = held.map((key) => ({
    path: key.comment,
    offered: { path: key.comment, public: key, explicit: false, agent: true },
  }));
  for (const path of identityPaths(target)) {
    const identity = await loadIdentity(process, log, path, explicit);
    const blob = identity === undefined ? undefined : encodeBase64(identity.public.blob);
    if (blob !== undefined && held.some((key) => encodeBase64(key.blob) === blob)) continue;
    found.push({ path, offered: identity === undefined ? undefined : { ...identity, agent: false } });
  }
  return found;
}

/** The files of keys: those that were named, or ssh's own. */
const identityPaths = ({ identityFiles, home }: SshTarget): readonly string[] =>
  identityFiles.length > 0 ? identityFiles : DEFAULT_IDENTITIES.map((name) => `${home}/.ssh/${name}`);

/** Which of the files there are, by the number of the key's kind. */
export async function tellIdentityFiles(process: Process, log: SshLog, target: SshTarget): Promise<void> {
  if (!log.isVerbose) return;
  for (const path of identityPaths(target)) {
    const known = readPublicLine(fileText(process, `${path}.pub`) ?? '');
    const kind = known === undefined ? -1 : KEY_KINDS.indexOf(keyTypeName(known.algorithm));
    await log.debug(`identity file ${path} type ${String(kind)}`);
    await log.debug(`identity file ${path}-cert type -1`);
  }
}

const KEY_KINDS = ['RSA', 'DSA', 'ECDSA', 'ED25519'];

interface Candidate {
  readonly path: string;
  /** Undefined where the file holds no key. */
  readonly offered: Offered | undefined;
}

interface Offered extends Identity {
  readonly agent: boolean;
}

async function succeeded(log: SshLog, { host, ip, port }: SshTarget, method: AuthMethod): Promise<true> {
  if (log.isVerbose) await log.error(`Authenticated to ${host} ([${ip}]:${String(port)}) using "${method}".`);
  return true;
}

async function refused(log: SshLog, target: SshTarget, answer: SshReply | undefined): Promise<false> {
  const { ip, port, user, host } = target;
  if (answer?.type === 'disconnect')
    await log.error(
      `Received disconnect from ${ip} port ${String(port)}:2: ${answer.reason}\nDisconnected from ${ip} port ${String(port)}`,
    );
  else if (answer?.type === 'auth-failure')
    await log.error(`${user}@${host}: Permission denied (${answer.methods.join(',')}).`);
  else await log.error(`Connection closed by ${ip} port ${String(port)}`);
  return false;
}
