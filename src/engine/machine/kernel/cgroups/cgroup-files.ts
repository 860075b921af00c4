/** The interface files of cgroup v2, as text: what components, cgroup2 mounts and cgexec read and write. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import { changeSubtree, controllersBelow, controllersOf, hasFile, takesProcesses } from './cgroup-controllers.ts';
import { effectiveCpus, formatCpuList, parseCpuList } from './cpuset.ts';
import { cpuTime, isFrozen, type Cgroup, type CgroupTree } from './cgroup-tree.ts';

const KEPT: Readonly<Record<string, string>> = {
  'cpuset.mems': '',
  'io.weight': 'default 100',
  'io.max': '',
  'memory.low': '0',
  'memory.min': '0',
  'memory.high': 'max',
  'memory.swap.max': 'max',
  'hugetlb.2MB.max': 'max',
};
const limit = (value: number | undefined): string => (value === undefined ? 'max' : String(value));

const READERS: Readonly<Record<string, (group: Cgroup) => string>> = {
  'cgroup.controllers': (group) => controllersOf(group).join(' '),
  'cgroup.subtree_control': (group) => controllersBelow(group).join(' '),
  'cgroup.procs': ({ pids }) => [...pids].toSorted((a, b) => a - b).join('\n'),
  'cgroup.threads': ({ pids }) => [...pids].toSorted((a, b) => a - b).join('\n'),
  'cgroup.type': () => 'domain',
  'cgroup.events': (group) => `populated ${group.pidCount > 0 ? '1' : '0'}\nfrozen ${isFrozen(group) ? '1' : '0'}`,
  'cgroup.freeze': ({ frozen }) => (frozen ? '1' : '0'),
  'cgroup.stat': (group) => `nr_descendants ${String(descendants(group))}\nnr_dying_descendants 0`,
  'cpu.stat': (group) => {
    const { userUs, systemUs } = cpuTime(group);
    const lines = [
      `usage_usec ${String(Math.floor(userUs + systemUs))}`,
      `user_usec ${String(Math.floor(userUs))}`,
      `system_usec ${String(Math.floor(systemUs))}`,
    ];
    if (group.parent !== undefined) {
      lines.push(
        `nr_periods ${String(Math.floor(group.periods))}`,
        `nr_throttled ${String(Math.floor(group.throttledPeriods))}`,
        `throttled_usec ${String(Math.floor(group.throttledUs))}`,
      );
    }
    return lines.join('\n');
  },
  'cpu.weight': ({ weight }) => String(weight),
  'cpu.max': ({ quotaUs, periodUs }) => `${limit(quotaUs)} ${String(periodUs)}`,
  'cpuset.cpus': ({ cpus }) => formatCpuList(cpus ?? []),
  'cpuset.cpus.effective': (group) => formatCpuList(effectiveCpus(group)),
  'cpuset.mems.effective': () => '0',
  'memory.current': ({ memory }) => String(memory),
  'memory.peak': ({ memoryPeak }) => String(memoryPeak),
  'memory.max': ({ memoryMax }) => limit(memoryMax),
  'memory.oom.group': ({ oomGroup }) => (oomGroup ? '1' : '0'),
  'memory.events': ({ oomEvents, oomKills }) =>
    `low 0\nhigh 0\nmax ${String(oomEvents)}\noom ${String(oomEvents)}\noom_kill ${String(oomKills)}\noom_group_kill 0`,
  'memory.stat': ({ memory }) =>
    `anon ${String(memory)}\nfile 0\nkernel 0\nkernel_stack 0\npagetables 0\nsock 0\nshmem 0\ninactive_anon 0\nactive_anon ${String(memory)}\ninactive_file 0\nactive_file 0`,
  'memory.swap.current': () => '0',
  'pids.current': ({ pidCount }) => String(pidCount),
  'pids.peak': ({ pidsPeak }) => String(pidsPeak),
  'pids.max': ({ pidsMax }) => limit(pidsMax),
  'pids.events': ({ pidsDenied }) => `max ${String(pidsDenied)}`,
};

/** Files that the root group lacks. */
const NOT_AT_ROOT =
  /^(cgroup\.(events|freeze|kill|type)|cpu\.(weight|max)|cpuset\.(cpus|mems)$|memory\.(?!stat)|pids\.(?!current)|io\.max)/;
const WRITE_ONLY = ['cgroup.kill'];

/** Names of a group's interface files. */
export function cgroupFileNames(group: Cgroup): readonly string[] {
  const names = [...Object.keys(READERS), ...Object.keys(KEPT), ...WRITE_ONLY]
    .filter((name) => hasFile(group, name))
    .toSorted();
  return group.parent === undefined ? names.filter((name) => !NOT_AT_ROOT.test(name)) : names;
}

/** Text of a file, with its newline; ENOENT for one that is not there. */
export function readCgroupFile(group: Cgroup, file: string): Result<string> {
  if ((group.parent === undefined && NOT_AT_ROOT.test(file)) || !hasFile(group, file)) return fail('ENOENT');
  const kept = KEPT[file];
  const text = READERS[file]?.(group) ?? (kept === undefined ? undefined : (group.settings.get(file) ?? kept));
  if (text === undefined) return fail(WRITE_ONLY.includes(file) ? 'EINVAL' : 'ENOENT');
  return text === '' ? '' : `${text}\n`;
}

/** What a write asks the kernel to do beyond changing a number. */
export type CgroupOrder =
  | { readonly order: 'move'; readonly pid: number }
  | { readonly order: 'freeze' | 'thaw' | 'kill' | 'check-memory' | 'rates' };

/** Writes a file; EINVAL for what it cannot hold. Answers what else is to be done. */
export function writeCgroupFile(
  tree: CgroupTree,
  group: Cgroup,
  file: string,
  value: string,
): Result<CgroupOrder | undefined> {
  const text = value.trim();
  const number = text === 'max' ? undefined : parseBytes(text);
  const isLimit = text === 'max' || number !== undefined;
  if ((group.parent === undefined && NOT_AT_ROOT.test(file)) || !hasFile(group, file)) return fail('ENOENT');
  switch (file) {
    case 'cgroup.procs':
      if (number === undefined) return fail('EINVAL');
      return takesProcesses(group) ? { order: 'move', pid: number } : fail('EBUSY');
    case 'cgroup.freeze':
      if (text !== '0' && text !== '1') return fail('EINVAL');
      group.frozen = text === '1';
      return { order: group.frozen ? 'freeze' : 'thaw' };
    case 'cgroup.kill':
      return text === '1' ? { order: 'kill' } : fail('EINVAL');
    case 'cgroup.subtree_control':
      return changeSubtree(group, text);
    case 'cpu.weight':
      if (number === undefined || number < 1 || number > 10_000) return fail('ERANGE');
      group.weight = number;
      return { order: 'rates' };
    case 'cpu.max': {
      const [quota = '', period = String(group.periodUs)] = text.split(/\s+/);
      const periodUs = Number(period);
      const quotaUs = quota === 'max' ? undefined : Number(quota);
      if (!(periodUs >= 1000 && periodUs <= 1_000_000) || (quotaUs !== undefined && !(quotaUs >= 1000)))
        return fail('EINVAL');
      tree.quotas += (quotaUs === undefined ? 0 : 1) - (group.quotaUs === undefined ? 0 : 1);
      group.quotaUs = quotaUs;
      group.periodUs = periodUs;
      return { order: 'rates' };
    }
    case 'cpuset.cpus': {
      const cpus = parseCpuList(text, tree.processors);
      if (failed(cpus)) return cpus;
      const wanted = cpus.length === 0 ? undefined : cpus;
      tree.confined += (wanted === undefined ? 0 : 1) - (group.cpus === undefined ? 0 : 1);
      group.cpus = wanted;
      return { order: 'rates' };
    }
    case 'memory.max':
      if (!isLimit) return fail('EINVAL');
      group.memoryMax = number === undefined ? undefined : Math.floor(number / 4096) * 4096;
      return { order: 'check-memory' };
    case 'memory.oom.group':
      group.oomGroup = text === '1';
      return undefined;
    case 'pids.max':
      if (!isLimit) return fail('EINVAL');
      group.pidsMax = number;
      return undefined;
    default:
      // Files that only tell something refuse to be written.
      if (KEPT[file] === undefined) return READERS[file] === undefined ? fail('ENOENT') : fail('EINVAL');
      group.settings.set(file, text);
      return undefined;
  }
}

function parseBytes(text: string): number | undefined {
  const match = /^(\d+)([kKmMgG]?)$/.exec(text);
  if (match === null) return undefined;
  const unit = (match[2] ?? '').toLowerCase();
  return Number(match[1]) * (unit === 'k' ? 1024 : unit === 'm' ? 1_048_576 : unit === 'g' ? 1_073_741_824 : 1);
}

function descendants(group: Cgroup): number {
  let count = group.children.size;
  for (const child of group.children.values()) count += descendants(child);
  return count;
}
