/** What ssh does with the key that a server shows: known, new, or another than before. */
import { decodeBase64 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fingerprintOf, keyTypeName, sshPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import { SshReader } from '../../../formats/keys/ssh-wire.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';
import { askOnTerminal } from '../openssh/ask.ts';
import {
  hashedNames,
  isHashed,
  knownName,
  namesMatch,
  parseKnownHosts,
  type KnownHost,
} from '../openssh/known-hosts.ts';
import { keyAlgorithmOf } from '../openssh/negotiation.ts';
import { artOf } from '../openssh/randomart.ts';
import type { SshLog } from './ssh-log.ts';

export interface HostKeyPolicy {
  /** As typed, or what HostKeyAlias says. */
  readonly host: string;
  /** HostKeyAlias: the name that the key is kept under, whatever the port. */
  readonly alias: string | undefined;
  readonly ip: string;
  readonly port: number;
  /** HostKeyAlgorithms, the one that is liked best first. */
  readonly algorithms: readonly string[];
  readonly strict: 'ask' | 'yes' | 'no' | 'accept-new';
  readonly batch: boolean;
  readonly hashNames: boolean;
  /** VisualHostKey. */
  readonly picture: boolean;
  /** The user's files; new keys go to the first. */
  readonly userFiles: readonly string[];
  readonly globalFiles: readonly string[];
}

interface Entry extends KnownHost {
  readonly file: string;
}

export type HostKeyVerdict = 'trusted' | 'refused' | 'changed-but-tolerated';

/** Checks one of the server's keys, asks where that is the policy, and remembers a new one. */
export async function checkHostKey(
  process: Process,
  log: SshLog,
  offered: readonly string[],
  policy: HostKeyPolicy,
): Promise<HostKeyVerdict> {
  const name = policy.alias ?? knownName(policy.host, policy.port);
  await debugAbsentFiles(process, log, policy);
  const all = [...policy.userFiles, ...policy.globalFiles].flatMap((file) =>
    parseKnownHosts(fileText(process, file) ?? '').map((entry): Entry => ({ ...entry, file })),
  );
  const known = all.filter(({ names, marker }) => marker === undefined && namesMatch(names, name));
  const key = chooseKey(offered, known, policy.algorithms);
  if (key === undefined) {
    await log.error(
      `Unable to negotiate with ${policy.ip} port ${String(policy.port)}: no matching host key type found.`,
    );
    return 'refused';
  }
  const type = keyTypeName(key.algorithm);
  await log.debug(`Server host key: ${key.algorithm} ${fingerprintOf(key.blob)}`);
  await debugAbsentFiles(process, log, policy);
  const same = known.find((entry) => sameBlob(entry.key.blob, key.blob));
  if (same !== undefined) {
    await log.debug(`Host '${name}' is known and matches the ${type} host key.`);
    await log.debug(`Found key in ${same.file}:${String(same.line)}`);
    if (policy.picture) await log.block(`Host key fingerprint is ${fingerprintOf(key.blob)}\n${artOf(key)}`);
    return 'trusted';
  }
  const offending = known.find((entry) => entry.key.algorithm === key.algorithm) ?? known[0];
  if (offending !== undefined) return await changed(log, policy, name, key, offending);
  return await unknown(process, log, policy, name, key, all);
}

async function debugAbsentFiles(
  process: Process,
  log: SshLog,
  { userFiles, globalFiles }: HostKeyPolicy,
): Promise<void> {
  for (const file of [...userFiles, ...globalFiles]) {
    const stat = process.stat(file);
    if (failed(stat)) await log.debug(`load_hostkeys: fopen ${file}: ${strerror(stat)}`);
  }
}

const sameBlob = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** Types that the host is known by come first, then ssh's own order. */
function chooseKey(
  offered: readonly string[],
  known: readonly Entry[],
  wanted: readonly string[],
): SshPublicKey | undefined {
  const keys = offered.flatMap((text): readonly SshPublicKey[] => {
    const blob = decodeBase64(text);
    return blob === undefined ? [] : [{ algorithm: new SshReader(blob).text(), blob, comment: '' }];
  });
  const order = [...new Set(wanted.map(keyAlgorithmOf))].sort(
    (a, b) =>
      Number(known.some(({ key }) => key.algorithm === b)) - Number(known.some(({ key }) => key.algorithm === a)),
  );
  return order.flatMap((algorithm) => keys.filter((key) => key.algorithm === algorithm))[0];
}

const RULE = '@'.repeat(59);

async function changed(
  log: SshLog,
  { strict, host, alias, userFiles }: HostKeyPolicy,
  name: string,
  key: SshPublicKey,
  offending: Entry,
): Promise<HostKeyVerdict> {
  const type = keyTypeName(key.algorithm);
  const [file = ''] = userFiles;
  await log.error(
    [
      RULE,
      '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
      RULE,
      'IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!',
      'Someone could be eavesdropping on you right now (man-in-the-middle attack)!',
      'It is also possible that a host key has just been changed.',
      `The fingerprint for the ${type} key sent by the remote host is`,
      `${fingerprintOf(key.blob)}.`,
      'Please contact your system administrator.',
      `Add correct host key in ${file} to get rid of this message.`,
      `Offending ${keyTypeName(offending.key.algorithm)} key in ${offending.file}:${String(offending.line)}`,
      '  remove with:',
      `  ssh-keygen -f '${offending.file}' -R '${name}'`,
    ].join('\n'),
  );
  if (strict !== 'no') {
    await log.error(
      `Host key for ${alias ?? host} has changed and you have requested strict checking.\nHost key verification failed.`,
    );
    return 'refused';
  }
  await log.error('Password authentication is disabled to avoid man-in-the-middle attacks.');
  await log.error('Keyboard-interactive authentication is disabled to avoid man-in-the-middle attacks.');
  await log.error('UpdateHostkeys is disabled because the host key is not trusted.');
  return 'changed-but-tolerated';
}

async function unknown(
  process: Process,
  log: SshLog,
  policy: HostKeyPolicy,
  name: string,
  key: SshPublicKey,
  all: readonly Entry[],
): Promise<HostKeyVerdict> {
  const type = keyTypeName(key.algorithm);
  if (policy.strict === 'yes') {
    await log.error(
      `No ${type} host key is known for ${name} and you have requested strict checking.\nHost key verification failed.`,
    );
    return 'refused';
  }
  if (policy.strict === 'ask' && (policy.batch || !(await confirm(process, policy, name, key, all)))) {
    await log.error('Host key verification failed.');
    return 'refused';
  }
  if (await remember(process, policy, name, key))
    await log.info(`Warning: Permanently added '${name}' (${type}) to the list of known hosts.`);
  else await log.info(`Failed to add the host to the list of known hosts (${policy.userFiles[0] ?? ''}).`);
  return 'trusted';
}

/** The question of a first connection. */
async function confirm(
  process: Process,
  { ip, port, userFiles, picture }: HostKeyPolicy,
  name: string,
  key: SshPublicKey,
  all: readonly Entry[],
): Promise<boolean> {
  const fingerprint = fingerprintOf(key.blob);
  const others = all.filter((entry) => sameBlob(entry.key.blob, key.blob));
  const home = (userFiles[0] ?? '').replace(/\/\.ssh\/known_hosts$/, '');
  const elsewhere =
    others.length === 0
      ? 'This key is not known by any other names.\n'
      : `This host key is known by the following other names/addresses:\n${others
          .map(
            ({ file, line, names }) =>
              `    ${file.replace(`${home}/`, '~/')}:${String(line)}: ${isHashed(names) ? '[hashed name]' : names}\n`,
          )
          .join('')}`;
  let question = `The authenticity of host '${name} (${knownName(ip, port)})' can't be established.\n${keyTypeName(key.algorithm)} key fingerprint is ${fingerprint}.\n${picture ? `${artOf(key)}\n` : ''}${elsewhere}Are you sure you want to continue connecting (yes/no/[fingerprint])? `;
  for (;;) {
    const answer = (await askOnTerminal(process, question, { echo: true }))?.trim();
    if (answer === undefined || answer === '' || answer.toLowerCase() === 'no') return false;
    if (answer.toLowerCase() === 'yes' || answer === fingerprint) return true;
    question = "Please type 'yes', 'no' or the fingerprint: ";
  }
}

async function remember(
  process: Process,
  { hashNames, userFiles }: HostKeyPolicy,
  name: string,
  key: SshPublicKey,
): Promise<boolean> {
  const [file] = userFiles;
  if (file === undefined) return false;
  const names = hashNames ? hashedNames(name, process.random(20)) : name.toLowerCase();
  process.mkdir(file.slice(0, file.lastIndexOf('/')), 0o700);
  const fd = process.open(file, { write: true, create: true, append: true }, 0o600);
  if (failed(fd)) return false;
  const written = await process.write(fd, textToBytes(`${names} ${sshPublicLine(key)}\n`));
  process.close(fd);
  return !failed(written);
}
