/** The columns of ps (procps 4.0): titles, widths and what they show of a process. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import { ttyName, type ProcEntry } from '../process-list.ts';

/** One column of ps. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly left?: true;
  value(entry: ProcEntry): string;
  /** What --sort compares, where it is not the text. */
  order?(entry: ProcEntry): number;
}
export type Columns = ReadonlyMap<string, Column>;

const two = (n: number): string => String(n).padStart(2, '0');
/** `1-02:03:04`, without days where there are none. */
const cpuTime = (ticks: number): string => {
  const s = Math.floor(ticks / 100);
  const days = Math.floor(s / 86_400);
  return `${days > 0 ? `${String(days)}-` : ''}${two(Math.floor(s / 3_600) % 24)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};
/** Minutes and seconds of processor time. */
export const shortTime = (ticks: number): string => {
  const s = Math.floor(ticks / 100);
  return `${String(Math.floor(s / 60))}:${two(s % 60)}`;
};
const elapsedTime = (seconds: number): string => {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3_600) % 24;
  const long = days > 0 ? `${String(days)}-${two(hours)}:` : hours > 0 ? `${two(hours)}:` : '';
  return `${long}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** What the columns are computed from beside the process itself. */
class Facts {
  readonly #uptime: number;
  readonly #nowUs: number;
  /** Unix time of the boot. */
  readonly #bootSeconds: number;
  readonly #totalBytes: number;
  readonly #names = new Map<string, string>();

  constructor(private readonly process: Process) {
    this.#uptime = Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]);
    this.#nowUs = process.time().realtimeUs;
    this.#bootSeconds = Number(/^btime (\d+)/m.exec(fileText(process, '/proc/stat') ?? '')?.[1] ?? '0');
    this.#totalBytes = Number(/MemTotal:\s+(\d+)/.exec(fileText(process, '/proc/meminfo') ?? '')?.[1] ?? '1') * 1_024;
  }

  user(id: number): string {
    return this.#name(`u${String(id)}`, () => userNameOf(this.process, id) ?? String(id));
  }
  group(id: number): string {
    return this.#name(`g${String(id)}`, () => groupNameOf(this.process, id) ?? String(id));
  }
  #name(key: string, find: () => string): string {
    const known = this.#names.get(key) ?? find();
    this.#names.set(key, known);
    return known;
  }
  elapsed(e: ProcEntry): number {
    return Math.max(0, Math.floor(this.#uptime - e.startTicks / 100));
  }
  startedUs(e: ProcEntry): number {
    return (this.#bootSeconds + Math.floor(e.startTicks / 100)) * 1e6;
  }
  started(format: string): (e: ProcEntry) => string {
    return (e) => strftime(format, this.startedUs(e));
  }
  /** The hour today, the day this year, else the year. */
  startedShortly(e: ProcEntry): string {
    const started = this.startedUs(e);
    const same = (format: string): boolean => strftime(format, started) === strftime(format, this.#nowUs);
    return strftime(same('%F') ? '%H:%M' : same('%Y') ? '%b%d' : '%Y', started);
  }
  cpu(e: ProcEntry): number {
    const life = this.#uptime - e.startTicks / 100;
    return life <= 0 ? 0 : Math.min(99.9, e.ticks / life);
  }
  memory(e: ProcEntry): number {
    return (e.resident / this.#totalBytes) * 100;
  }
  namespace(kind: string): (e: ProcEntry) => string {
    return (e) => {
      const link = this.process.readlink(`/proc/${String(e.pid)}/ns/${kind}`);
      return failed(link) ? '-' : (/\[(\d+)\]/.exec(link)?.[1] ?? '-');
    };
  }
  status(label: string): (e: ProcEntry) => string {
    const row = new RegExp(`^${label}:\\s+(.*)$`, 'm');
    return (e) => row.exec(fileText(this.process, `/proc/${String(e.pid)}/status`) ?? '')?.[1] ?? '-';
  }
  file(name: string): (e: ProcEntry) => string {
    return (e) => (fileText(this.process, `/proc/${String(e.pid)}/${name}`) ?? '-').trim();
  }
}

export const shortName = (name: string, width = 8): string =>
  name.length > width ? `${name.slice(0, width - 1)}+` : name;

const processState = (e: ProcEntry): string =>
  `${e.state}${e.nice > 0 ? 'N' : e.nice < 0 ? '<' : ''}${e.session === e.pid ? 's' : ''}${e.threads > 1 ? 'l' : ''}${e.foreground === e.group && e.tty !== 0 ? '+' : ''}`;

const number = (title: string, width: number, of: (e: ProcEntry) => number): Column => ({
  title,
  width,
  value: (e) => String(of(e)),
});
const left = (title: string, width: number, value: (e: ProcEntry) => string): Column => ({
  title,
  width,
  left: true,
  value,
});
const right = (title: string, width: number, value: (e: ProcEntry) => string, order?: Column['order']): Column => ({
  title,
  width,
  value,
  ...(order === undefined ? {} : { order }),
});

type Named = readonly (readonly [names: string, column: Column])[];

const identityColumns = (facts: Facts): Named => [
  ['pid', number('PID', 7, (e) => e.pid)],
  ['tgid', number('TGID', 7, (e) => e.pid)],
  ['lwp', number('LWP', 7, (e) => e.pid)],
  ['spid', number('SPID', 7, (e) => e.pid)],
  ['tid', number('TID', 7, (e) => e.pid)],
  ['ppid', number('PPID', 7, (e) => e.ppid)],
  ['pgid', number('PGID', 7, (e) => e.group)],
  ['pgrp', number('PGRP', 7, (e) => e.group)],
  ['sid', number('SID', 7, (e) => e.session)],
  ['sess session', number('SESS', 7, (e) => e.session)],
  ['tpgid', number('TPGID', 7, (e) => e.foreground)],
  ['uid', number('UID', 5, (e) => e.uid)],
  ['euid', number('EUID', 5, (e) => e.uid)],
  ['ruid', number('RUID', 5, (e) => e.uid)],
  ['gid', number('GID', 5, (e) => e.gid)],
  ['egid', number('EGID', 5, (e) => e.gid)],
  ['rgid', number('RGID', 5, (e) => e.gid)],
  ['user uname', left('USER', 8, (e) => facts.user(e.uid))],
  ['uid_hack', left('UID', 8, (e) => facts.user(e.uid))],
  ['euser', left('EUSER', 8, (e) => facts.user(e.uid))],
  ['ruser', left('RUSER', 8, (e) => facts.user(e.uid))],
  ['group', left('GROUP', 8, (e) => facts.group(e.gid))],
  ['egroup', left('EGROUP', 8, (e) => facts.group(e.gid))],
  ['rgroup', left('RGROUP', 8, (e) => facts.group(e.gid))],
  ['tname tty8', left('TTY', 8, (e) => ttyName(e.tty))],
  ['tty tt', left('TT', 8, (e) => ttyName(e.tty))],
];

const timeColumns = (facts: Facts): Named => [
  [
    'time cputime atime',
    right(
      'TIME',
      8,
      (e) => cpuTime(e.ticks),
      (e) => e.ticks,
    ),
  ],
  ['times cputimes', number('TIME', 8, (e) => Math.floor(e.ticks / 100))],
  [
    'bsdtime',
    right(
      'TIME',
      6,
      (e) => shortTime(e.ticks),
      (e) => e.ticks,
    ),
  ],
  ['c util', number('C', 2, (e) => Math.floor(facts.cpu(e)))],
  ['%cpu pcpu', right('%CPU', 4, (e) => facts.cpu(e).toFixed(1))],
  [
    '%mem pmem',
    right(
      '%MEM',
      4,
      (e) => facts.memory(e).toFixed(1),
      (e) => e.resident,
    ),
  ],
];

const startColumns = (facts: Facts): Named => [
  [
    'etime',
    right(
      'ELAPSED',
      11,
      (e) => elapsedTime(facts.elapsed(e)),
      (e) => -e.startTicks,
    ),
  ],
  ['etimes', number('ELAPSED', 7, (e) => facts.elapsed(e))],
  [
    'stime',
    right(
      'STIME',
      5,
      (e) => facts.startedShortly(e),
      (e) => e.startTicks,
    ),
  ],
  [
    'start_time',
    right(
      'START',
      5,
      (e) => facts.startedShortly(e),
      (e) => e.startTicks,
    ),
  ],
  [
    'bsdstart',
    right(
      'START',
      6,
      (e) => facts.startedShortly(e),
      (e) => e.startTicks,
    ),
  ],
  ['start', right('STARTED', 8, facts.started('%H:%M:%S'), (e) => e.startTicks)],
  ['lstart', right('STARTED', 24, facts.started('%a %b %e %H:%M:%S %Y'), (e) => e.startTicks)],
];

const sizeColumns: Named = [
  ['vsz vsize', number('VSZ', 6, (e) => Math.round(e.virtual / 1_024))],
  ['rss rssize', number('RSS', 5, (e) => Math.round(e.resident / 1_024))],
  ['rsz', number('RSZ', 5, (e) => Math.round(e.resident / 1_024))],
  ['sz', number('SZ', 5, (e) => Math.round(e.virtual / 4_096))],
  ['drs', number('DRS', 5, (e) => Math.round(e.virtual / 1_024))],
  ['trs', number('TRS', 4, () => 0)],
  ['m_trs', number('TRS', 5, () => 0)],
  ['maj_flt majflt', number('MAJFL', 6, () => 0)],
  ['nlwp', number('NLWP', 4, (e) => e.threads)],
  ['thcount', number('THCNT', 5, (e) => e.threads)],
];

const stateColumns = (facts: Facts): Named => [
  ['stat', left('STAT', 4, processState)],
  ['s state', left('S', 1, (e) => e.state)],
  ['f flag flags', left('F', 1, () => '0')],
  ['ni nice', number('NI', 3, (e) => e.nice)],
  ['pri', number('PRI', 3, (e) => 39 - e.priority)],
  ['priority', number('PRI', 3, (e) => e.priority)],
  ['opri intpri', number('PRI', 3, (e) => 60 + e.priority)],
  ['psr', number('PSR', 3, ({ processor }) => processor)],
  ['cls', right('CLS', 3, () => 'TS')],
  ['class', left('CLS', 3, () => 'TS')],
  ['rtprio', right('RTPRIO', 6, () => '-')],
  ['wchan', left('WCHAN', 6, () => '-')],
  ['addr_1', left('ADDR', 1, () => '-')],
  ['pending sig', right('PENDING', 16, facts.status('ShdPnd'))],
  ['blocked sigmask', right('BLOCKED', 16, facts.status('SigBlk'))],
  ['ignored sigignore', right('IGNORED', 16, facts.status('SigIgn'))],
  ['caught sigcatch', right('CAUGHT', 16, facts.status('SigCgt'))],
  ['oomadj', right('OOMADJ', 5, facts.file('oom_score_adj'))],
  ['cgroup', left('CGROUP', 27, facts.file('cgroup'))],
  ['label context', left('LABEL', 31, facts.file('attr/current'))],
  ...['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'].map((kind): Named[number] => [
    `${kind}ns`,
    right(`${kind.toUpperCase()}NS`, 10, facts.namespace(kind)),
  ]),
];

const commandColumns: Named = [
  ['args command', left('COMMAND', 27, (e) => e.args)],
  ['cmd', left('CMD', 27, (e) => e.args)],
  ['comm ucomm', left('COMMAND', 15, (e) => e.name)],
  ['ucmd', left('CMD', 15, (e) => e.name)],
  ['fname', left('COMMAND', 8, (e) => e.name.slice(0, 8))],
];

/** The columns that ps knows, by the names -o takes. */
export function columnsOf(process: Process): Columns {
  const facts = new Facts(process);
  const all = [
    ...identityColumns(facts),
    ...timeColumns(facts),
    ...startColumns(facts),
    ...sizeColumns,
    ...stateColumns(facts),
    ...commandColumns,
  ];
  return new Map(all.flatMap(([names, column]) => names.split(' ').map((name) => [name, column] as const)));
}
