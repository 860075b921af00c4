/**
 * setpriv (util-linux 2.39): runs a program as another user or with other groups, or tells its own privileges.
 * Leaves out: capabilities, securebits, labels and the signal at the parent's death, which are refused by name.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Credentials, Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf, userIdOf, userNameOf } from '../../accounts.ts';
import { command, type Options } from '../../coreutils/command.ts';
import { replaceBy } from '../../coreutils/process/env.ts';
import { fileText, type Io } from '../../io.ts';
import { capabilitiesIn } from './capability-names.ts';

const GROUP_OPTIONS = ['clear-groups', 'keep-groups', 'init-groups', 'groups'];
/** util-linux' own, for who has given up his identity (SETPRIV_EXIT_PRIVERR). */
const NO_PRIVILEGE = 127;

export const setpriv = command(
  {
    name: 'setpriv',
    calls: 'short',
    short: 'd',
    long: {
      dump: 'd',
      reuid: 'reuid:',
      regid: 'regid:',
      'clear-groups': 'clear-groups',
      'keep-groups': 'keep-groups',
      'init-groups': 'init-groups',
      groups: 'groups:',
      'reset-env': 'reset-env',
    },
    absentLong:
      'ruid= euid= rgid= egid= nnp no-new-privs ambient-caps= inh-caps= bounding-set= list-caps securebits= pdeathsig= selinux-label= apparmor-profile=',
    stopEarly: true,
    usage: '[options] <program> [<argument>...]',
  },
  async ({ process, io, options, operands }) => {
    const fail = async (text: string, status = 1): Promise<number> => {
      await io.warn(text);
      return status;
    };
    if (options.has('d')) {
      if (options.order.length > 1 || operands.length > 0)
        return await fail('--dump is incompatible with all other options');
      dump(process, io);
      return await io.end(0);
    }
    const wanted = identityOf(process, options);
    if (typeof wanted === 'string') return await fail(wanted);
    if (operands.length === 0) return await fail('No program specified');
    const refused = become(process, wanted);
    if (refused !== undefined) return await fail(refused, NO_PRIVILEGE);
    const failure = await replaceBy(
      process,
      operands,
      options.has('reset-env') ? freshEnvironment(process) : undefined,
    );
    return await fail(
      `failed to execute ${operands[0] ?? ''}: ${strerror(failure)}`,
      failure.errno === 'ENOENT' ? 127 : 126,
    );
  },
);

interface Identity {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Without it those that there are stay. */
  readonly groups: readonly number[] | undefined;
}

/** What the options ask for, or what is wrong with them. */
function identityOf(process: Process, options: Options): Identity | string {
  if (options.values('reuid').length > 1) return 'duplicate ruid or euid';
  if (options.values('regid').length > 1) return 'duplicate rgid or egid';
  const [user, group, list] = ['reuid', 'regid', 'groups'].map((name) => options.value(name));
  const uid = user === undefined ? undefined : userIdOf(process, user);
  if (user !== undefined && uid === undefined) return `failed to parse reuid: '${user}'`;
  const gid = group === undefined ? undefined : groupIdOf(process, group);
  if (group !== undefined && gid === undefined) return `failed to parse regid: '${group}'`;
  const given: number[] = [];
  for (const word of list?.split(',') ?? []) {
    const id = groupIdOf(process, word);
    if (id === undefined) return `Invalid supplementary group id: '${word}'`;
    given.push(id);
  }
  const about = GROUP_OPTIONS.filter((name) => options.has(name));
  if (about.length > 1) return `mutually exclusive arguments: ${GROUP_OPTIONS.map((name) => `--${name}`).join(' ')}`;
  if (gid !== undefined && about.length === 0)
    return '--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups';
  if (!options.has('init-groups'))
    return { uid, gid, groups: list !== undefined ? given : options.has('clear-groups') ? [] : undefined };
  if (uid === undefined) return '--init-groups requires --ruid or --reuid';
  const account = accountOf(process, userNameOf(process, uid) ?? '');
  if (account === undefined)
    return `uid ${String(uid)} not found, --init-groups requires an user that can be found on the system`;
  return { uid, gid, groups: [account.gid, ...account.groups] };
}

/** Groups first, while the right to change them is there; what the kernel refuses, in its calls' names. */
function become(process: Process, { uid, gid, groups }: Identity): string | undefined {
  const set = (next: Partial<Credentials>, call: string): string | undefined => {
    const done = process.setCredentials({ ...process.credentials(), ...next });
    return failed(done) ? `${call} failed: ${strerror(done)}` : undefined;
  };
  const mayAll = process.credentials().capabilities === 'all';
  if (groups !== undefined && !mayAll && !mayChangeGroups(process)) return 'setgroups failed: Operation not permitted';
  return (
    (groups === undefined ? undefined : set({ groups: [...groups] }, 'setgroups')) ??
    (gid === undefined ? undefined : set({ gid }, 'setresgid')) ??
    (uid === undefined ? undefined : set({ uid, ...(uid === 0 ? {} : { capabilities: [] }) }, 'setresuid'))
  );
}

function mayChangeGroups(process: Process): boolean {
  const { capabilities } = process.credentials();
  return capabilities === 'all' || capabilities.includes('SETGID');
}

/** As for a login of the user that it is now. */
function freshEnvironment(process: Process): Readonly<Record<string, string>> {
  const { TERM } = process.env;
  const account = accountOf(process, String(process.credentials().uid));
  return {
    ...(TERM === undefined ? {} : { TERM }),
    SHELL: account?.shell ?? '/bin/sh',
    HOME: account?.home ?? '/',
    ...(account === undefined ? {} : { USER: account.name, LOGNAME: account.name }),
    PATH:
      account?.uid === 0
        ? '/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin'
        : '/usr/local/bin:/bin:/usr/bin',
  };
}

function dump(process: Process, io: Io): void {
  const status = fileText(process, '/proc/self/status') ?? '';
  const field = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*$`, 'm').exec(status)?.[1] ?? '';
  const [uid = '', euid = ''] = field('Uid').split(/\s+/);
  const [gid = '', egid = ''] = field('Gid').split(/\s+/);
  const set = (name: string): string => orNone(capabilitiesIn(BigInt(`0x${field(name)}`)).join(','));
  for (const [name, value] of [
    ['uid', uid],
    ['euid', euid],
    ['gid', gid],
    ['egid', egid],
    ['Supplementary groups', orNone(field('Groups').replaceAll(' ', ','))],
    ['no_new_privs', field('NoNewPrivs')],
    ['Inheritable capabilities', set('CapInh')],
    ['Ambient capabilities', set('CapAmb')],
    ['Capability bounding set', set('CapBnd')],
    ['Securebits', '[none]'],
    ['Parent death signal', '[none]'],
  ] as const)
    io.line(`${name}: ${value}`);
}

const orNone = (text: string): string => (text === '' ? '[none]' : text);
