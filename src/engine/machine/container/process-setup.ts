/**
 * What a container's main process is started with: command line, environment, user, capabilities (moby daemon/oci_linux.go,
 * containerd internal/cri/server/container_create_linux.go, runc libcontainer/user).
 */
import type { Credentials, Signal } from '../../../protocol/program.ts';
import { SIGNALS } from '../../../protocol/program.ts';
import { CAPABILITIES } from '../kernel/proc/capabilities.ts';
import type { ContainerSpec, ImageConfig, RuntimeFailure } from './interface.ts';

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What docker and containerd leave to a container's root. */
export const DEFAULT_CAPABILITIES: readonly string[] = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
];

/** Entrypoint and command as docker and CRI combine them: an entrypoint of the container's own drops the image's command. */
export function resolveArgv(
  spec: Pick<ContainerSpec, 'entrypoint' | 'command'>,
  image: ImageConfig,
): readonly string[] {
  if (spec.entrypoint !== undefined && spec.entrypoint.length > 0) return [...spec.entrypoint, ...(spec.command ?? [])];
  const command = spec.command !== undefined && spec.command.length > 0 ? spec.command : (image.Cmd ?? []);
  const entrypoint = spec.entrypoint === undefined ? (image.Entrypoint ?? []) : [];
  return [...entrypoint, ...command];
}

function nameOf(assignment: string): string {
  const cut = assignment.indexOf('=');
  return cut < 0 ? assignment : assignment.slice(0, cut);
}

/** The environment as `NAME=value`, without HOME, which depends on the user. */
export function resolveEnv(spec: ContainerSpec, image: ImageConfig, hostname: string): readonly string[] {
  const own = new Set(spec.env.map(nameOf));
  const fromImage = (image.Env ?? []).filter((assignment) => !own.has(nameOf(assignment)));
  // dockerd puts the user's variables before the image's, CRI the other way round.
  const given = spec.namespace === 'moby' ? [...spec.env, ...fromImage] : [...fromImage, ...spec.env];
  const defaults = [`PATH=${DEFAULT_PATH}`, `HOSTNAME=${hostname}`, ...(spec.tty === true ? ['TERM=xterm'] : [])];
  const merged = new Map<string, string>();
  for (const assignment of [...defaults, ...given]) {
    const name = nameOf(assignment);
    // `-e NAME=` keeps an empty value; a later assignment takes the place of an earlier one.
    merged.set(name, assignment);
  }
  return [...merged.values()];
}

/** A record for `Process.env` of `NAME=value` lines. */
export function environmentOf(assignments: readonly string[]): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const assignment of assignments) {
    const cut = assignment.indexOf('=');
    if (cut > 0) env[assignment.slice(0, cut)] = assignment.slice(cut + 1);
  }
  return env;
}

export interface ResolvedUser {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly home: string;
}

interface Databases {
  readonly passwd: string;
  readonly group: string;
}

const MAX_ID = 2_147_483_647;
const OUT_OF_RANGE: RuntimeFailure = {
  failure: 'user-unknown',
  message: `uids and gids must be in range 0-${String(MAX_ID)}`,
};
const isNumber = (text: string): boolean => /^[+-]?\d+$/.test(text);
const isOutOfRange = (text: string): boolean => isNumber(text) && (Number(text) < 0 || Number(text) > MAX_ID);
const groupUnknown = (name: string): RuntimeFailure => ({
  failure: 'user-unknown',
  message: `unable to find group ${name}: no matching entries in group file`,
});

/** Looks `user[:group]`, and groups beside it, up in the image's own passwd and group files (moby/sys/user). */
export function resolveUser(
  text: string,
  { passwd, group }: Databases,
  further: readonly (number | string)[] = [],
): ResolvedUser | RuntimeFailure {
  const [userPart = '', groupPart = ''] = text.split(':');
  const users = rows(passwd);
  const groups = rows(group);
  const wanted = userPart === '' ? '0' : userPart;
  const row = users.find(([name, , uid]) => name === wanted || uid === wanted);
  if (isOutOfRange(wanted) || isOutOfRange(groupPart)) return OUT_OF_RANGE;
  if (row === undefined && !isNumber(wanted)) {
    return { failure: 'user-unknown', message: `unable to find user ${wanted}: no matching entries in passwd file` };
  }
  const uid = row === undefined ? Number(wanted) : Number(row[2] ?? '0');
  let gid = Number(row?.[3] ?? '0');
  if (groupPart !== '') {
    const found = groups.find(([name, , id]) => name === groupPart || id === groupPart);
    if (found === undefined && !isNumber(groupPart)) return groupUnknown(groupPart);
    gid = Number(found?.[2] ?? groupPart);
  }
  const memberOf = groups.filter(
    ([, , , members = '']) => row?.[0] !== undefined && members.split(',').includes(row[0]),
  );
  const supplementary = groupPart === '' ? memberOf.map(([, , id = '0']) => Number(id)) : [];
  const beside = resolveGroups(further, groups);
  if ('failure' in beside) return beside;
  return {
    uid,
    gid,
    groups: [...supplementary, ...beside.ids].filter((id) => id !== gid),
    home: row?.[5] ?? '/',
  };
}

function resolveGroups(
  wanted: readonly (number | string)[],
  groups: readonly (readonly string[])[],
): { readonly ids: readonly number[] } | RuntimeFailure {
  const ids: number[] = [];
  for (const each of wanted) {
    const text = String(each);
    if (isOutOfRange(text)) return OUT_OF_RANGE;
    const found = groups.find(([name, , id]) => name === text || id === text);
    if (found === undefined && !isNumber(text)) return groupUnknown(text);
    ids.push(Number(found?.[2] ?? text));
  }
  return { ids };
}

/** Databases read lately: containers of one image have the same. */
const databases = new Map<string, readonly (readonly string[])[]>();
const MAX_DATABASES = 64;

function rows(text: string): readonly (readonly string[])[] {
  const known = databases.get(text);
  if (known !== undefined) return known;
  const read = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));
  if (databases.size >= MAX_DATABASES) databases.clear();
  databases.set(text, read);
  return read;
}

type CapabilityChoice = Pick<ContainerSpec, 'privileged' | 'capAdd' | 'capDrop'>;

/** What a container's processes can have at most: the default set with `add` and without `drop` (daemon/pkg/oci/caps). */
export function boundingSet({ privileged, capAdd = [], capDrop = [] }: CapabilityChoice): Credentials['capabilities'] {
  if (privileged === true) return 'all';
  if (capAdd.length === 0 && capDrop.length === 0) return DEFAULT_CAPABILITIES;
  const plain = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');
  const add = capAdd.map(plain);
  const drop = capDrop.map(plain);
  if (add.includes('ALL')) return drop.length === 0 ? 'all' : CAPABILITIES.filter((name) => !drop.includes(name));
  const kept = drop.includes('ALL') ? [] : DEFAULT_CAPABILITIES.filter((name) => !drop.includes(name));
  return [...new Set([...kept, ...add.filter((name) => !drop.includes(name))])];
}

/** Effective capabilities: root has what the container has, another user none. */
export function resolveCredentials(user: ResolvedUser, options: CapabilityChoice): Credentials {
  // The kernel keeps them in order (groups_sort).
  const groups = [...new Set([user.gid, ...user.groups])].sort((a, b) => a - b);
  return { uid: user.uid, gid: user.gid, groups, capabilities: user.uid === 0 ? boundingSet(options) : [] };
}

/** `SIGQUIT`, `QUIT` or `3`; undefined where it is none. */
export function parseSignal(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return SIGNALS[Number(text) - 1];
  const name = text.toUpperCase();
  const full = name.startsWith('SIG') ? name : `SIG${name}`;
  return SIGNALS.find((signal) => signal === full);
}
