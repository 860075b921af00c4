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
import type { AuthAttempt, AuthMethod, SshReply } from '../openssh/ssh-protocol.ts';
import type { SshTarget } from './ssh-target.ts';

/** The order in which ssh tries them, unless PreferredAuthentications says otherwise. */
export const METHODS: readonly AuthMethod[] = ['publickey', 'keyboard-interactive', 'password'];

/** Lets the user in; undefined where that failed and was said. */
export async function authenticateTo(
  process: Process,
  log: SshLog,
  fd: Fd,
  target: SshTarget,
  secrets: Map<string, string>,
): Promise<boolean> {
  const { user } = target;
  const keys = target.methods.includes('publickey') ? await candidates(process, log, target) : [];
  for (const { path, offered } of keys)
    await log.debug(`Will attempt key: ${offered === undefined ? `${path} ` : labelOf(offered)}`);
  const dialogue = new Dialogue(process, log, fd, target, secrets);
  await dialogue.say({ type: 'auth', user, method: 'none' });
  const spent = new Set<AuthMethod>();
  for (;;) {
    const method = target.methods.find((each) => dialogue.methods.includes(each) && !spent.has(each));
    if (method === undefined || (target.batch && method !== 'publickey')) break;
    await log.debug(`Next authentication method: ${method}`);
    if (method === 'publickey') await dialogue.offer(keys);
    else await dialogue.ask(method);
    if (dialogue.entered) return await succeeded(log, target, method);
    if (dialogue.partial) {
      if (log.isVerbose) await log.error(`Authenticated using "${method}" with partial success.`);
      spent.clear();
    }
    spent.add(method);
  }
  if (dialogue.methods.length > 0) await log.debug('No more authentication methods to try.');
  return await refused(log, target, dialogue.answer);
}

/** What was answered last, and what can be said next. */
class Dialogue {
  answer: SshReply | undefined;
  /** The last method was one of several that are wanted. */
  partial = false;

  constructor(
    private readonly process: Process,
    private readonly log: SshLog,
    private readonly fd: Fd,
    private readonly target: SshTarget,
    private readonly secrets: Map<string, string>,
  ) {}

  get methods(): readonly AuthMethod[] {
    return this.answer?.type === 'auth-failure' ? this.answer.methods : [];
  }
  get entered(): boolean {
    return this.answer?.type === 'auth-success';
  }
  get #isOver(): boolean {
    return this.entered || this.partial || this.methods.length === 0;
  }

  async say(attempt: AuthAttempt): Promise<void> {
    this.answer = await converse(this.process, this.log, this.fd, attempt);
    this.partial = this.answer?.type === 'auth-failure' && this.answer.partial === true;
    if (this.methods.length > 0) await this.log.debug(`Authentications that can continue: ${this.methods.join(',')}`);
  }

  async offer(keys: readonly Candidate[]): Promise<void> {
    const { log } = this;
    for (const { path, offered } of keys) {
      if (offered === undefined) {
        await log.debug(`Trying private key: ${path}`);
        continue;
      }
      await log.debug(`Offering public key: ${labelOf(offered)}`);
      const key = encodeBase64(offered.public.blob);
      await this.say({ type: 'auth', user: this.target.user, method: 'publickey', key });
      if (this.entered || this.partial) await log.debug(`Server accepts key: ${labelOf(offered)}`);
      if (this.#isOver) return;
    }
  }

  async ask(method: 'password' | 'keyboard-interactive'): Promise<void> {
    const { user, host, passwordPrompts } = this.target;
    const account = `${user}@${host}`;
    const prompt = method === 'password' ? `${account}'s password: ` : `(${account}) Password: `;
    for (let asked = 0; asked < passwordPrompts; asked += 1) {
      if (asked > 0 && method === 'password') await this.log.error('Permission denied, please try again.');
      const known = asked === 0 ? this.secrets.get(account) : undefined;
      // Where nobody can be asked, the password is an empty one.
      const password = known ?? (await askOnTerminal(this.process, prompt, { echo: false })) ?? '';
      await this.say({ type: 'auth', user, method, password });
      if (this.entered || this.partial) this.secrets.set(account, password);
      if (this.#isOver) return;
    }
  }
}

const labelOf = ({ path, public: key, explicit, agent }: Offered): string =>
  `${path} ${keyTypeName(key.algorithm)} ${fingerprintOf(key.blob)}${explicit ? ' explicit' : ''}${agent ? ' agent' : ''}`;

async function converse(process: Process, log: SshLog, fd: Fd, attempt: AuthAttempt): Promise<SshReply | undefined> {
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
