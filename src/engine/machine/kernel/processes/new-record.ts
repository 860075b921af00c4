/** The record of a process that has just been born. */
import type { Pid } from '../../../../protocol/program.ts';
import { LateMap, LateSet } from '../../../sim/late-map.ts';
import { ROOT } from '../../files/permissions.ts';
import type { Walker } from '../../files/walk.ts';
import type { Cgroup } from '../cgroups/cgroup-tree.ts';
import type { NamespaceSet } from '../interface.ts';
import { Journal } from './journal.ts';
import type { ProcessKind, ProcessRecord } from './process-record.ts';
import { DEFAULT_LIMITS } from './resource-limits.ts';

export interface Birth {
  readonly kind: ProcessKind;
  /** What was executed, as it was given. */
  readonly called: string;
  /** The file that this led to. */
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly parent: ProcessRecord | undefined;
  readonly namespaces: NamespaceSet;
  readonly walker: Walker;
  readonly cgroup: Cgroup;
  readonly bytes: number;
}

/** What ps and /proc/PID/comm show: the last name of what was executed, cut as TASK_COMM_LEN cuts it. */
export const commandName = (called: string): string => called.slice(called.lastIndexOf('/') + 1).slice(0, 15);

export function newRecord(birth: Birth, pid: Pid, parent: Pid, startedUs: number): ProcessRecord {
  const { kind, called, path, argv, env, namespaces, walker, cgroup, bytes } = birth;
  return {
    pid,
    parent,
    children: new LateSet(),
    group: pid,
    session: pid,
    name: commandName(called || (argv[0] ?? '')),
    path,
    argv,
    env,
    kind,
    namespaces,
    mounts: walker.namespace,
    cgroup,
    credentials: ROOT,
    bounding: 'all',
    umask: 0o022,
    root: walker.root,
    cwd: walker.cwd,
    descriptors: new LateMap(),
    dispositions: new LateMap(),
    caught: [],
    stopped: false,
    exit: undefined,
    oomKilled: false,
    change: undefined,
    startedUs,
    userUs: 0,
    systemUs: 0,
    childrenUserUs: 0,
    childrenSystemUs: 0,
    debtUs: 0,
    baseBytes: bytes,
    memoryBytes: bytes,
    nice: 0,
    limits: DEFAULT_LIMITS,
    oomScoreAdj: 0,
    noNewPrivileges: false,
    seccomp: undefined,
    tty: undefined,
    onExit: undefined,
    pending: new LateMap(),
    journal: new Journal(),
    generation: 0,
    busy: undefined,
    suspendedUs: 0,
    ending: undefined,
    running: false,
    holds: 0,
    burnTag: undefined,
  };
}
