/** What the columns of ps show (procps 4.0 ps/output.c): each by a name that the table of columns takes up. */
import { ttyName, type ProcEntry } from '../process-list.ts';
import { controlUnits } from './ps-units.ts';
import type { PsFacts } from './ps-facts.ts';

/** The text of a cell, and what --sort compares where that is a number. */
export interface PsValue {
  show(entry: ProcEntry, facts: PsFacts): string;
  order?(entry: ProcEntry, facts: PsFacts): number;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `1-02:03:04`, without days where there are none. */
function clock(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  return `${days > 0 ? `${String(days)}-` : ''}${two(Math.floor(seconds / 3_600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
/** Minutes and seconds of processor time. */
export const shortTime = (ticks: number): string => {
  const seconds = Math.floor(ticks / 100);
  return `${String(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
};
/** Hours only where there are some. */
const elapsedTime = (seconds: number): string => (seconds >= 3_600 ? clock(seconds) : clock(seconds).slice(3));

export const shortName = (name: string, width = 8): string =>
  name.length > width ? `${name.slice(0, width - 1)}+` : name;

const processState = (e: ProcEntry): string =>
  `${e.state}${e.nice > 0 ? 'N' : e.nice < 0 ? '<' : ''}${e.session === e.pid ? 's' : ''}${e.threads > 1 ? 'l' : ''}${e.foreground === e.group && e.tty !== 0 ? '+' : ''}`;

type Show = PsValue['show'];
type Count = NonNullable<PsValue['order']>;
const text = (show: Show): PsValue => ({ show });
const number = (order: Count): PsValue => ({ show: (e, facts) => String(order(e, facts)), order });
const shown = (show: Show, order: Count): PsValue => ({ show, order });

const DAY_SECONDS = 86_400;
const startOrder: Count = (e) => e.startTicks;
const ids = (label: 'Uid' | 'Gid', place: 0 | 1 | 2 | 3): PsValue => number((e, f) => f.identity(e, label, place));
const name = (label: 'Uid' | 'Gid', place: 0 | 1 | 2 | 3): PsValue =>
  text((e, f) => {
    const id = f.identity(e, label, place);
    return label === 'Uid' ? f.user(id) : f.group(id);
  });
const namespace = (kind: string): PsValue =>
  shown(
    (e, f) => /\[(\d+)\]/.exec(f.link(e, `ns/${kind}`) ?? '')?.[1] ?? '-',
    (e, f) => Number(/\[(\d+)\]/.exec(f.link(e, `ns/${kind}`) ?? '')?.[1] ?? 0),
  );
const signals = (...labels: readonly string[]): PsValue =>
  text((e, f) => {
    let mask = 0n;
    for (const label of labels) mask |= BigInt(`0x${f.status(e, label) ?? '0'}`);
    return mask.toString(16).padStart(16, '0');
  });
const supplementary = (e: ProcEntry, f: PsFacts): readonly number[] =>
  (f.status(e, 'Groups') ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
/** The one of version 2, or the lines of version 1, parted by semicolons. */
const cgroups = (e: ProcEntry, f: PsFacts): string => (f.file(e, 'cgroup') ?? '').trim().split('\n').join(';') || '-';
const textBytes = (e: ProcEntry): number => Math.max(0, e.endCode - e.startCode);
const perMilleText = (value: number): string =>
  value > 999 ? String(Math.floor(value / 10)) : `${String(Math.floor(value / 10))}.${String(value % 10)}`;
const unit = (of: keyof ReturnType<typeof controlUnits>): PsValue =>
  text((e, f) => controlUnits(f.file(e, 'cgroup') ?? '')[of] ?? '-');

const IDENTITIES: Readonly<Record<string, PsValue>> = {
  pid: number((e) => e.pid),
  ppid: number((e) => e.ppid),
  pgid: number((e) => e.group),
  session: number((e) => e.session),
  tpgid: number((e) => e.foreground),
  ruid: ids('Uid', 0),
  euid: ids('Uid', 1),
  suid: ids('Uid', 2),
  fuid: ids('Uid', 3),
  rgid: ids('Gid', 0),
  egid: ids('Gid', 1),
  sgid: ids('Gid', 2),
  fgid: ids('Gid', 3),
  ruser: name('Uid', 0),
  euser: name('Uid', 1),
  suser: name('Uid', 2),
  fuser: name('Uid', 3),
  rgroup: name('Gid', 0),
  egroup: name('Gid', 1),
  sgroup: name('Gid', 2),
  fgroup: name('Gid', 3),
  supgid: text((e, f) => supplementary(e, f).join(',') || '-'),
  supgrp: text(
    (e, f) =>
      supplementary(e, f)
        .map((gid) => f.group(gid))
        .join(',') || '-',
  ),
  luid: shown(
    (e, f) => (loginUser(e, f) === -1 ? '-' : String(loginUser(e, f))),
    (e, f) => loginUser(e, f),
  ),
  tty: text((e) => ttyName(e.tty)),
  tty4: text((e) => ttyName(e.tty).replace(/^tty|^pts\//, '')),
};
const loginUser = (e: ProcEntry, f: PsFacts): number => {
  const value = Number((f.file(e, 'loginuid') ?? '4294967295').trim());
  return value === 4_294_967_295 ? -1 : value;
};

const TIMES: Readonly<Record<string, PsValue>> = {
  time: shown(
    (e, f) => clock(Math.floor(f.ticks(e) / 100)),
    (e, f) => f.ticks(e),
  ),
  times: number((e, f) => Math.floor(f.ticks(e) / 100)),
  bsdtime: shown(
    (e, f) => shortTime(f.ticks(e)),
    (e, f) => f.ticks(e),
  ),
  utime: number((e) => e.userTicks),
  c: shown(
    (e, f) => String(Math.min(99, Math.floor(f.perMille(e) / 10))),
    (e, f) => f.perMille(e),
  ),
  cp: number((e, f) => Math.min(999, f.perMille(e))),
  pcpu: shown(
    (e, f) => perMilleText(f.perMille(e)),
    (e, f) => f.perMille(e),
  ),
  cuu: shown(
    (e, f) => f.utilization(e, e.ticks).toFixed(3),
    (e, f) => f.utilization(e, e.ticks),
  ),
  cuc: shown(
    (e, f) => f.utilization(e, e.ticks + e.childTicks).toFixed(3),
    (e, f) => f.utilization(e, e.ticks + e.childTicks),
  ),
  pmem: shown(
    (e, f) => perMilleText(f.memoryPerMille(e)),
    (e) => e.resident,
  ),
  etime: shown(
    (e, f) => elapsedTime(f.elapsed(e)),
    (e, f) => f.elapsed(e),
  ),
  etimes: number((e, f) => f.elapsed(e)),
  stime: shown((e, f) => f.startedShortly(e), startOrder),
  bsdstart: shown((e, f) => f.started(e, f.elapsed(e) > DAY_SECONDS ? '%b %d' : ' %H:%M'), startOrder),
  start: shown((e, f) => f.started(e, f.elapsed(e) > DAY_SECONDS ? '  %b %d' : '%H:%M:%S'), startOrder),
  lstart: shown((e, f) => f.started(e, '%a %b %e %H:%M:%S %Y'), startOrder),
};

const SIZES: Readonly<Record<string, PsValue>> = {
  vsz: number((e) => Math.floor(e.virtual / 1_024)),
  sz: number((e) => Math.floor(e.virtual / 4_096)),
  rss: number((e) => Math.floor(e.resident / 1_024)),
  m_size: number((e) => e.virtual),
  swapable: number((e, f) => f.kib(e, 'VmData') + f.kib(e, 'VmStk')),
  trs: number((e) => Math.floor(textBytes(e) / 1_024)),
  drs: number((e) => Math.floor((e.virtual - textBytes(e)) / 1_024)),
  lim: text(() => 'xx'),
  majflt: number((e) => e.majorFaults),
  minflt: number((e) => e.minorFaults),
  nlwp: number((e) => e.threads),
};

const STATES: Readonly<Record<string, PsValue>> = {
  stat: text(processState),
  s: text((e) => e.state),
  flag: text((e) => ((e.flags >> 6) & 7).toString(8)),
  nice: number((e) => e.nice),
  pri: number((e) => 39 - e.priority),
  pri_foo: number((e) => e.priority - 20),
  pri_bar: number((e) => e.priority + 1),
  pri_baz: number((e) => e.priority + 100),
  pri_api: number((e) => -1 - e.priority),
  priority: number((e) => e.priority),
  opri: number((e) => 60 + e.priority),
  psr: number((e) => e.processor),
  sgi_p: text((e) => (e.state === 'R' ? String(e.processor) : '*')),
  numa: number(() => 0),
  // All are scheduled by SCHED_OTHER here.
  class: text(() => 'TS'),
  sched: number(() => 0),
  rtprio: text(() => '-'),
  wchan: text((e, f) => (f.file(e, 'wchan') ?? '0').trim().replace(/^0$/, '-')),
  oom: number((e, f) => Number(f.file(e, 'oom_score') ?? 0)),
  oomadj: number((e, f) => Number(f.file(e, 'oom_score_adj') ?? 0)),
  pending: signals('SigPnd', 'ShdPnd'),
  tsig: signals('SigPnd'),
  blocked: signals('SigBlk'),
  ignored: signals('SigIgn'),
  caught: signals('SigCgt'),
  // The kernel tells neither of a process that lives.
  register: text(() => '0'.repeat(16)),
  stackp: text((e) => e.startStack.toString(16).padStart(16, '0')),
  cgroup: text(cgroups),
  cgname: text((e, f) => /name=([^;]*)/.exec(cgroups(e, f))?.[1] ?? cgroups(e, f)),
  label: text((e, f) => (f.file(e, 'attr/current') ?? '-').trim()),
  lxc: text(() => '-'),
  exe: text((e, f) => f.link(e, 'exe') ?? '-'),
  lsession: unit('session'),
  machine: unit('machine'),
  ouid: unit('owner'),
  seat: text(() => '-'),
  slice: unit('slice'),
  unit: unit('unit'),
  uunit: unit('userUnit'),
};

const COMMANDS: Readonly<Record<string, PsValue>> = {
  args: text((e) => e.args),
  comm: text((e) => e.name),
  fname: text((e) => e.name.slice(0, 8)),
};

export const PS_VALUES: Readonly<Record<string, PsValue>> = {
  ...IDENTITIES,
  ...TIMES,
  ...SIZES,
  ...STATES,
  ...COMMANDS,
  ...Object.fromEntries(
    ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'].map((kind) => [`${kind}ns`, namespace(kind)]),
  ),
};
