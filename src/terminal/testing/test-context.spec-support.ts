/**
 * A `Process` for specs: files are the real ones under Node, processes, pipes and signals live in memory, time is virtual.
 * It lets a snippet run in Drydock's shell and in the machine's own in the same kind of directory.
 */
import { fail } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Process } from '../../protocol/program.ts';
import { descriptorCalls } from './descriptor-calls.spec-support.ts';
import { fileCalls } from './file-calls.spec-support.ts';
import { processCalls } from './process-calls.spec-support.ts';
import type { TestProcess } from './test-process.spec-support.ts';

interface Limits {
  readonly soft: number;
  readonly hard: number;
}
const UNLIMITED: Limits = { soft: Number.MAX_SAFE_INTEGER, hard: Number.MAX_SAFE_INTEGER };

/** The system calls as one program sees them. */
export function makeContext(self: TestProcess): Process {
  const { world } = self;
  const table: Partial<Record<keyof Process, unknown>> = {
    pid: self.pid,
    ppid: self.ppid,
    argv: self.argv,
    env: self.env,
    checkpoint: (state: Plain) => {
      structuredClone(state);
    },
    checkpointLazily: () => undefined,
    hold: async (work: Promise<unknown>) => {
      world.loading += 1;
      try {
        return await work;
      } finally {
        world.loading -= 1;
      }
    },
    memory: () => undefined,
    random: (count: number) => world.random(count),
    credentials: () => ({ uid: 0, gid: 0, groups: [], capabilities: 'all' }),
    setCredentials: () => undefined,
    hostname: () => 'testhost',
    sethostname: () => undefined,
    isatty: () => false,
    ttyName: () => fail('ENOTTY'),
    termios: () => fail('ENOTTY'),
    setTermios: () => fail('ENOTTY'),
    windowSize: () => fail('ENOTTY'),
    setWindowSize: () => fail('ENOTTY'),
    foregroundGroup: () => fail('ENOTTY'),
    setForegroundGroup: () => fail('ENOTTY'),
    setName: () => undefined,
    nice: () => 0,
    setPriority: (pid: number) => (pid === self.pid ? undefined : fail('ESRCH')),
    rlimit: (resource: string, set?: Limits) => {
      const old = self.limits.get(resource) ?? UNLIMITED;
      if (set === undefined) return old;
      // As without CAP_SYS_RESOURCE: a hard limit can only be lowered.
      if (set.hard > old.hard || set.soft > set.hard) return fail('EPERM');
      self.limits.set(resource, set);
      return set;
    },
    kernel: () => fail('ENOSYS'),
    connect: async () => fail('ECONNREFUSED'),
    ...fileCalls(self),
    ...descriptorCalls(self),
    ...processCalls(self),
  };
  // The calls for networks and terminals are left out: nothing that runs here makes them.
  return table as unknown as Process;
}
