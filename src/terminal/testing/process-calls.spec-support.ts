import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Result } from '../../protocol/errno.ts';
import { fail, failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Pid, ProgramEntry, Signal, SpawnOptions, WaitStatus } from '../../protocol/program.ts';
import { attempt } from './file-calls.spec-support.ts';
import { Died } from './died.spec-support.ts';
import type { TestProcess } from './test-process.spec-support.ts';

const loader = (entry: ProgramEntry) => (typeof entry === 'function' ? entry : () => entry);
const IN_BIN = /^\/(usr\/)?s?bin\//;

/** Calls about processes: children, signals, groups. */
function familyCalls(self: TestProcess) {
  const { world } = self;
  const program = (name: string): ProgramEntry | undefined => world.programs.get(path.basename(name));
  /** The program that lies at a path, or that a path leads to. */
  const installed = (name: string): ProgramEntry | undefined => {
    if (IN_BIN.test(name)) return program(name);
    const real = attempt(() => fs.realpathSync(self.resolve(name)));
    return failed(real) || !IN_BIN.test(real) ? undefined : program(real);
  };
  const head = (name: string): string => fs.readFileSync(self.resolve(name), 'latin1').slice(0, 200);
  const SHEBANG = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^ \t\n][^\n]*?))?[ \t]*(?:\n|$)/;
  const shebang = (name: string): Result<string | undefined> => attempt(() => SHEBANG.exec(head(name))?.[1]);
  const argument = (name: string): readonly string[] => {
    const found = attempt(() => SHEBANG.exec(head(name))?.[2]);
    return failed(found) || found === undefined ? [] : [found];
  };
  return {
    spawn: (name: string, argv: readonly string[], options?: SpawnOptions): Result<Pid> => {
      const interpreter = shebang(name);
      const own = installed(name);
      const runner = failed(interpreter) || interpreter === undefined ? own : program(interpreter);
      if (runner === undefined)
        return failed(interpreter) ? interpreter : fail(interpreter === undefined ? 'ENOEXEC' : 'ENOENT');
      const full =
        own === runner || failed(interpreter) || interpreter === undefined
          ? argv
          : [interpreter, ...argument(name), name, ...argv.slice(1)];
      const child = self.bear(full, options?.env, options?.cwd);
      self.copyFds(child, options, true);
      child.launch(loader(runner), (loaded, context) => loaded.run(context));
      return child.pid;
    },
    fork: (state: Plain, options?: SpawnOptions): Result<Pid> => {
      const saved = structuredClone(state);
      const child = self.bear(self.argv);
      for (const [signal, how] of self.dispositions) child.dispositions.set(signal, how);
      self.copyFds(child, options, false);
      const entry = program(self.argv[0]?.replace(/^-/, '') ?? '') ?? world.programs.get('bash');
      if (entry === undefined) return fail('ENOSYS');
      child.launch(loader(entry), (loaded, context) => loaded.resume?.(context, saved) ?? Promise.resolve(126));
      return child.pid;
    },
    exec: async (
      name: string,
      argv: readonly string[],
      env: Readonly<Record<string, string>>,
    ): Promise<Result<never>> => {
      const entry = installed(name);
      if (entry === undefined) return fail('ENOEXEC');
      self.generation += 1;
      self.argv = argv;
      self.env = env;
      for (const [fd, { cloexec }] of [...self.fds]) if (cloexec) self.closeFd(fd);
      self.launch(loader(entry), (loaded, context) => loaded.run(context));
      return await new Promise<never>(() => undefined);
    },
    wait: async (pid: Pid, options?: { readonly noHang?: boolean }): Promise<Result<WaitStatus | undefined>> => {
      world.activity += 1;
      for (;;) {
        const candidates = [...self.children.values()].filter(
          (child) => pid === -1 || child.pid === pid || child.group === -pid,
        );
        if (candidates.length === 0) return fail('ECHILD');
        const done = candidates.find(({ status }) => status !== undefined);
        if (done?.status !== undefined) {
          self.children.delete(done.pid);
          world.processes.delete(done.pid);
          return done.status;
        }
        if (options?.noHang === true) return undefined;
        if (self.pendingSignals.length > 0) return fail('EINTR');
        await self.blocked(() => undefined);
      }
    },
    processGroup: (pid?: Pid) => (pid === undefined ? self.group : (world.processes.get(pid)?.group ?? fail('ESRCH'))),
    setProcessGroup: () => undefined,
    session: () => 1,
    setSession: () => 1,
  };
}

function signalCalls(self: TestProcess) {
  const { world } = self;
  return {
    kill: (pid: Pid, signal: Signal | 0) => {
      const targets =
        pid > 0
          ? [world.processes.get(pid)].filter((found) => found !== undefined)
          : [...world.processes.values()].filter(({ group }) => group === (pid === 0 ? self.group : -pid));
      if (targets.length === 0) return fail('ESRCH');
      if (signal !== 0) for (const target of targets) target.signal(signal);
      return undefined;
    },
    sigaction: (signal: Signal, how: string) => {
      const old = self.dispositions.get(signal) ?? 'default';
      self.dispositions.set(signal, how);
      return old;
    },
    takeSignals: () => {
      if (self.status !== undefined) throw new Died();
      const taken = self.pendingSignals;
      self.pendingSignals = [];
      return taken;
    },
  };
}

function timeCalls(self: TestProcess) {
  const { world } = self;
  const sleepUntil = async (untilUs: number): Promise<Result<undefined>> => {
    while (world.nowUs < untilUs) {
      if (self.pendingSignals.length > 0) return fail('EINTR');
      await self.blocked((wake) => {
        world.at(untilUs, wake);
      });
    }
    return undefined;
  };
  return {
    time: () => ({ realtimeUs: 1_772_409_600_000_000 + world.nowUs, monotonicUs: world.nowUs }),
    times: () => ({ userUs: 1000, systemUs: 500, childrenUserUs: 0, childrenSystemUs: 0 }),
    sleepUntil,
    sleep: async (us: number) => await sleepUntil(world.nowUs + us),
    cpu: async (us: number) => {
      world.spend(us);
      await new Promise((done) => setImmediate(done));
      if (self.status !== undefined) throw new Died();
    },
    account: (us: number) => {
      world.spend(us);
    },
  };
}

export const processCalls = (self: TestProcess) => ({
  ...familyCalls(self),
  ...signalCalls(self),
  ...timeCalls(self),
});
