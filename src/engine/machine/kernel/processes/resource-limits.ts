/** Resource limits (getrlimit(2)): those there are, in the kernel's order, and how /proc shows them (fs/proc/base.c). */
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { ResourceName } from '../../../../protocol/program.ts';
import type { HostKernel } from '../host-kernel.ts';
import { find } from './identity-calls.ts';
import type { Limit, ProcessRecord } from './process-record.ts';

interface Resource {
  readonly name: ResourceName;
  readonly label: string;
  readonly unit: string;
  /** What process 1 of a host of 8 GiB starts with. */
  readonly initial: Limit;
}

const UNLIMITED: Limit = { soft: Infinity, hard: Infinity };
const both = (value: number): Limit => ({ soft: value, hard: value });
/** A host of 8 GiB: kernel/fork.c fork_init. */
const TASKS = 31_716;

const RESOURCES: readonly Resource[] = [
  { name: 'cpu', label: 'cpu time', unit: 'seconds', initial: UNLIMITED },
  { name: 'fsize', label: 'file size', unit: 'bytes', initial: UNLIMITED },
  { name: 'data', label: 'data size', unit: 'bytes', initial: UNLIMITED },
  { name: 'stack', label: 'stack size', unit: 'bytes', initial: { soft: 8_388_608, hard: Infinity } },
  { name: 'core', label: 'core file size', unit: 'bytes', initial: { soft: 0, hard: Infinity } },
  { name: 'rss', label: 'resident set', unit: 'bytes', initial: UNLIMITED },
  { name: 'nproc', label: 'processes', unit: 'processes', initial: both(TASKS) },
  { name: 'nofile', label: 'open files', unit: 'files', initial: { soft: 1_024, hard: 1_048_576 } },
  { name: 'memlock', label: 'locked memory', unit: 'bytes', initial: both(8_388_608) },
  { name: 'as', label: 'address space', unit: 'bytes', initial: UNLIMITED },
  { name: 'locks', label: 'file locks', unit: 'locks', initial: UNLIMITED },
  { name: 'sigpending', label: 'pending signals', unit: 'signals', initial: both(TASKS) },
  { name: 'msgqueue', label: 'msgqueue size', unit: 'bytes', initial: both(819_200) },
  { name: 'nice', label: 'nice priority', unit: '', initial: both(0) },
  { name: 'rtprio', label: 'realtime priority', unit: '', initial: both(0) },
  { name: 'rttime', label: 'realtime timeout', unit: 'us', initial: UNLIMITED },
];

/** What every process has until it or who starts it sets another: shared, and left out of snapshots. */
export const DEFAULT_LIMITS: ReadonlyMap<string, Limit> = new Map(
  RESOURCES.map(({ name, initial }) => [name, initial]),
);

/** prlimit(2): the limit as it was; `pid` is the caller's number of a process, 0 is the caller. */
export function rlimit(
  kernel: HostKernel,
  record: ProcessRecord,
  pid: number,
  resource: ResourceName,
  set: Limit | undefined,
): Result<Limit> {
  const target = find(kernel, record, pid);
  if (target === undefined) return fail('ESRCH');
  const before = target.limits.get(resource);
  if (before === undefined) return fail('EINVAL');
  if (target !== record && !mayLimit(kernel, record, target)) return fail('EPERM');
  if (set === undefined) return before;
  const wanted = { soft: boundless(set.soft), hard: boundless(set.hard) };
  if (wanted.soft > wanted.hard) return fail('EINVAL');
  if (wanted.hard > before.hard && !kernel.can(record, 'SYS_RESOURCE')) return fail('EPERM');
  target.limits = new Map(target.limits).set(resource, wanted);
  return before;
}

/** A number that no count reaches is no limit (RLIM_INFINITY). */
const boundless = (value: number): number => (value >= Number.MAX_SAFE_INTEGER ? Infinity : value);

/** Own processes, and all for who may exceed limits (check_prlimit_permission of kernel/sys.c). */
function mayLimit(kernel: HostKernel, { credentials: own }: ProcessRecord, { credentials }: ProcessRecord): boolean {
  const isOwn =
    own.uid === credentials.uid && own.uid === (credentials.realUid ?? credentials.uid) && own.gid === credentials.gid;
  return isOwn || own.capabilities === 'all' || own.capabilities.includes('SYS_RESOURCE');
}

/** /proc/PID/limits. */
export function limitsText({ limits }: ProcessRecord): string {
  const row = (label: string, soft: string, hard: string, unit: string): string =>
    `${label.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit === '' ? '' : unit.padEnd(10)}\n`;
  const shown = (value: number): string => (Number.isFinite(value) ? String(value) : 'unlimited');
  const rows = RESOURCES.map(({ name, label, unit, initial }) => {
    const { soft, hard } = limits.get(name) ?? initial;
    return row(`Max ${label}`, shown(soft), shown(hard), unit);
  });
  return row('Limit', 'Soft Limit', 'Hard Limit', 'Units') + rows.join('');
}
