import { helpHint } from '../help-hint.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process, Signal, WaitStatus } from '../../../protocol/program.ts';
import { signalNumber } from '../../../protocol/program.ts';
import { startChild } from '../../run-child.ts';
import { signalByName } from '../../signal-names.ts';
import { sayCannotExecute } from './cannot-execute.ts';
import { command, usageError } from '../command.ts';
import { parseDuration } from './duration.ts';

/** What timeout(1) answers where the time was up. */
const TIMED_OUT = 124;

export const timeout = command(
  {
    name: 'timeout',
    short: 's:k:vf',
    long: { signal: 's', 'kill-after': 'k', 'preserve-status': 'ps', foreground: 'f', verbose: 'v' },
    stopEarly: true,
    usageStatus: 125,
  },
  async (call) => {
    const { process, io, options } = call;
    const [limit, ...argv] = call.operands;
    if (limit === undefined || argv.length === 0) {
      await io.raw(`${helpHint(io)}\n`);
      return 125;
    }
    const killAfter = options.value('k');
    const [seconds, grace] = [parseDuration(limit), parseDuration(killAfter ?? '0')];
    if (call.flavour === 'busybox' && (seconds === undefined || grace === undefined)) {
      await io.warn(`invalid number '${seconds === undefined ? limit : (killAfter ?? '')}'`);
      return 1;
    }
    if (seconds === undefined || grace === undefined)
      return await usageError(
        call,
        `invalid time interval '${seconds === undefined ? limit : (killAfter ?? '')}'`,
        125,
      );
    const signal = signalByName(options.value('s') ?? 'TERM');
    if (signal === undefined) return await usageError(call, `'${options.value('s') ?? ''}': invalid signal`, 125);
    process.sigaction('SIGCHLD', 'catch');
    const pid = startChild(process, argv);
    if (typeof pid !== 'number') {
      await sayCannotExecute(call, argv[0] ?? '', pid.message);
      return pid.code;
    }
    const early = seconds === 0 ? await waitUntil(process, pid, Infinity) : await waitUntil(process, pid, seconds);
    if (early !== undefined) return statusOf(early);
    if (options.has('v')) await io.warn(`sending signal ${signal.slice(3)} to command \u2018${argv[0] ?? ''}\u2019`);
    send(process, pid, signal);
    let late = await waitUntil(process, pid, grace > 0 ? grace : Infinity);
    if (late === undefined) {
      send(process, pid, 'SIGKILL');
      late = await waitUntil(process, pid, Infinity);
    }
    const killed = late?.type === 'killed' && late.signal === 'SIGKILL';
    return options.has('ps') || killed ? statusOf(late) : TIMED_OUT;
  },
);

const statusOf = (status: WaitStatus | undefined): number =>
  status?.type === 'exited' ? status.code : status?.type === 'killed' ? 128 + signalNumber(status.signal) : 1;

function send(process: Process, pid: number, signal: Signal): void {
  process.kill(pid, signal);
  process.kill(pid, 'SIGCONT');
}

/** How a child ended; undefined where the time was up first. */
async function waitUntil(process: Process, pid: number, seconds: number): Promise<WaitStatus | undefined> {
  const until = process.time().monotonicUs + Math.round(seconds * 1e6);
  for (;;) {
    const status = await process.wait(pid, { noHang: seconds !== Infinity });
    process.takeSignals();
    if (failed(status)) {
      if (status.errno !== 'EINTR') return undefined;
      continue;
    }
    if (status?.type === 'exited' || status?.type === 'killed') return status;
    const left = until - process.time().monotonicUs;
    if (left <= 0) return undefined;
    if (seconds !== Infinity) await process.sleep(left);
    process.takeSignals();
  }
}
