import { failed } from '../../protocol/errno.ts';
import type { Applet } from './command.ts';
import { command, namedIo, usageError } from './command.ts';
import { parseDuration } from './process/duration.ts';
import { userNameOf } from '../accounts.ts';

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
      return await usageError(call, bad.map((text) => `invalid time interval '${text}'`).join(`\n${call.io.name}: `));
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

export const clear: Applet = (() => {
  const applet: Applet['applet'] = async (process, flavour, argv) => {
    const io = namedIo(process, flavour, argv, { name: 'clear', calls: 'short' });
    io.out('\x1b[H\x1b[2J\x1b[3J');
    return await io.end(0);
  };
  return { name: 'clear', run: (process) => applet(process, 'gnu', process.argv), applet };
})();

export const sync = command({ name: 'sync', short: 'df', long: { data: 'd', 'file-system': 'f' } }, async (call) => {
  call.process.sync();
  return await Promise.resolve(0);
});

export const tty = command(
  { name: 'tty', short: 's', long: { silent: 's', quiet: 's' }, usageStatus: 2 },
  async (call) => {
    const name = call.process.ttyName(0);
    if (!call.options.has('s')) call.io.line(failed(name) ? 'not a tty' : name);
    return await call.io.end(failed(name) ? 1 : 0);
  },
);
