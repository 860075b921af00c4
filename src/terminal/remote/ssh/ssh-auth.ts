/** ssh's side of authentication: keys first, then passwords. */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { fingerprintOf, keyTypeName } from '../../../formats/keys/ssh-public.ts';
import { agentKeys } from '../agent/agent-protocol.ts';
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
  let answer = await converse(process, log, fd, { type: 'auth', user, method: 'none' });
  let offered = methodsOf(answer);
  if (offered !== undefined) await log.debug(`Authentications that can continue: ${offered.join(',')}`);
  if (target.pubkey && offered?.includes('publickey') === true)
    for (const identity of await identities(process, log, target)) {
      const label = `${identity.path} ${keyTypeName(identity.public.algorithm)} ${fingerprintOf(identity.public.blob)}${identity.explicit ? ' explicit' : ''}${identity.agent ? ' agent' : ''}`;
      await log.debug(`Offering public key: ${label}`);
      answer = await converse(process, log, fd, {
        type: 'auth',
        user,
        method: 'publickey',
        key: encodeBase64(identity.public.blob),
      });
      if (answer?.type === 'auth-success') {
        await log.debug(`Server accepts key: ${label}`);
        return await succeeded(log, target, 'publickey');
      }
      offered = methodsOf(answer);
      if (offered === undefined) break;
    }
  for (
    let prompt = 0;
    target.password && offered?.includes('password') === true && prompt < target.passwordPrompts;
    prompt += 1
  ) {
    if (prompt > 0) await log.error('Permission denied, please try again.');
    const known = prompt === 0 ? secrets.get(account) : undefined;
    const password = target.batch
      ? undefined
      : (known ?? (await askOnTerminal(process, `${user}@${target.host}'s password: `, { echo: false })));
    if (password === undefined) break;
    answer = await converse(process, log, fd, { type: 'auth', user, method: 'password', password });
    if (answer?.type === 'auth-success') {
      secrets.set(account, password);
      return await succeeded(log, target, 'password');
    }
    offered = methodsOf(answer);
  }
  return await refused(log, target, answer);
}

const methodsOf = (answer: SshReply | undefined): readonly AuthMethod[] | undefined =>
  answer?.type === 'auth-failure' ? answer.methods : undefined;

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

/** What is offered: the agent's keys, unless the configuration wants its files alone, then those of files. */
async function identities(process: Process, log: SshLog, target: SshTarget): Promise<readonly Offered[]> {
  const named = target.identityFiles;
  const paths = named.length > 0 ? named : DEFAULT_IDENTITIES.map((name) => `${target.home}/.ssh/${name}`);
  const held = target.identitiesOnly ? [] : await agentKeys(process);
  const found: Offered[] = held.map((key) => ({ path: key.comment, public: key, explicit: false, agent: true }));
  for (const path of paths) {
    const identity = await loadIdentity(process, log, path, named.length > 0);
    if (identity === undefined) continue;
    const blob = encodeBase64(identity.public.blob);
    if (!held.some((key) => encodeBase64(key.blob) === blob)) found.push({ ...identity, agent: false });
  }
  return found;
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
