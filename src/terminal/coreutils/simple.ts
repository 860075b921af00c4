import { failed } from '../../protocol/errno.ts';
import type { Applet } from './command.ts';
import { command, usageError } from './command.ts';
import { parseDuration } from './process/duration.ts';
import { Io } from '../io.ts';
import { groupNameOf, userNameOf } from '../accounts.ts';
import { accountOf } from '../accounts.ts';

const constant = (name: string, code: number): Applet => {
  const applet = async (): Promise<number> => await Promise.resolve(code);
  return { name, run: applet, applet };
};
export const trueProgram = constant('true', 0);
export const falseProgram = constant('false', 1);

export const yes = command({ name: 'yes', short: '', stopEarly: true }, async (call) => {
  const line = `${call.operands.length === 0 ? 'y' : call.operands.join(' ')}\n`;
  const block = line.repeat(Math.max(1, Math.floor(8_192 / line.length)));
  for (;;) {
    call.process.account(20);
    call.io.out(block);
    if (!(await call.io.flush())) return 1;
  }
});

export const sleep: Applet = (() => {
  const base = command({ name: 'sleep', short: '' }, async (call) => {
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    const durations = call.operands.map(parseDuration);
    const bad = call.operands.filter((_, at) => durations[at] === undefined);
    const [first] = bad;
    if (first !== undefined && call.flavour === 'busybox') {
      await call.io.warn(`invalid number '${first}'`);
      return 1;
    }
    if (first !== undefined)
      return await usageError(call, bad.map((text) => `invalid time interval '${text}'`).join('\nsleep: '));
    const seconds = durations.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    const until = call.process.time().realtimeUs + Math.round(seconds * 1e6);
    call.process.checkpoint({ until });
    await call.process.sleepUntil(until);
    return 0;
  });
  return {
    ...base,
    resume: async (process, state) => {
      const until =
        typeof state === 'object' && state !== null && 'until' in state && typeof state.until === 'number'
          ? state.until
          : 0;
      await process.sleepUntil(until);
      return 0;
    },
  };
})();

export const pwd = command({ name: 'pwd', short: 'LP', long: { logical: 'L', physical: 'P' } }, async (call) => {
  const real = call.process.realpath('.');
  const logical = call.options.has('L') ? call.process.env['PWD'] : undefined;
  call.io.line(logical ?? (failed(real) ? call.process.cwd() : real));
  return await call.io.end(0);
});

export const whoami = command({ name: 'whoami', short: '' }, async (call) => {
  const [extra] = call.operands;
  if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
  const { uid } = call.process.credentials();
  const name = userNameOf(call.process, uid);
  if (name === undefined) {
    await call.io.warn(
      call.flavour === 'busybox' ? `unknown uid ${String(uid)}` : `cannot find name for user ID ${String(uid)}`,
    );
    return 1;
  }
  call.io.line(name);
  return await call.io.end(0);
});

export const id = command(
  {
    name: 'id',
    // -a says nothing: it is there for older scripts.
    short: 'augnGrZz',
    long: { user: 'u', group: 'g', name: 'n', groups: 'G', real: 'r' },
    absent: ['Z', 'z'],
    absentLong: 'context zero',
  },
  async (call) => {
    const { process, io, options } = call;
    const [wanted] = call.operands;
    let { uid, gid, groups } = process.credentials();
    if (wanted !== undefined) {
      const account = accountOf(process, wanted);
      if (account === undefined) {
        await io.warn(call.flavour === 'busybox' ? `unknown user ${wanted}` : `\u2018${wanted}\u2019: no such user`);
        return 1;
      }
      ({ uid, gid, groups } = account);
    }
    // GNU's names the effective group first, busybox' those of getgroups(2) as they come.
    const asTheyCome = call.flavour === 'busybox' && wanted === undefined;
    const all = [...new Set(asTheyCome ? groups : [gid, ...groups])];
    const user = (n: number): string => userNameOf(process, n) ?? String(n);
    const group = (n: number): string => groupNameOf(process, n) ?? String(n);
    if (options.has('u')) io.line(options.has('n') ? user(uid) : String(uid));
    else if (options.has('g')) io.line(options.has('n') ? group(gid) : String(gid));
    else if (options.has('G')) io.line(all.map((n) => (options.has('n') ? group(n) : String(n))).join(' '));
    else {
      const named = (n: number, name: string | undefined): string =>
        `${String(n)}${name === undefined ? '' : `(${name})`}`;
      io.line(
        `uid=${named(uid, userNameOf(process, uid))} gid=${named(gid, groupNameOf(process, gid))} groups=${all.map((n) => named(n, groupNameOf(process, n))).join(',')}`,
      );
    }
    return await io.end(0);
  },
);

export const clear: Applet = (() => {
  const applet: Applet['applet'] = async (process) => {
    const io = new Io(process);
    io.out('\x1b[H\x1b[2J\x1b[3J');
    return await io.end(0);
  };
  return { name: 'clear', run: (process) => applet(process, 'gnu', process.argv), applet };
})();

export const sync = command({ name: 'sync', short: 'df', long: { data: 'd', 'file-system': 'f' } }, async (call) => {
  call.process.sync();
  return await Promise.resolve(0);
});

export const tty = command({ name: 'tty', short: 's', long: { silent: 's', quiet: 's' } }, async (call) => {
  const name = call.process.ttyName(0);
  if (!call.options.has('s')) call.io.line(failed(name) ? 'not a tty' : name);
  return await call.io.end(failed(name) ? 1 : 0);
});
