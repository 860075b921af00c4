import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Pid } from '../../../protocol/program.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** bash waits 1, 2, 4 and 8 seconds between its attempts. */
const LONGEST_PAUSE_S = 8;

/**
 * fork(2) with bash's patience where there is no room for one more process: it says so and tries again. In the end the
 * command line is given up, and with it a shell that nobody types at. Other failures are the caller's.
 */
export function* forkPatiently(shell: Shell, fork: () => Result<Pid>): Op<Result<Pid>> {
  // bash puts no line number here.
  const name = shell.interactive || shell.ofPrompt ? shell.errorName : shell.arg0;
  for (let seconds = 1; ; seconds *= 2) {
    const pid = fork();
    if (!failed(pid) || pid.errno !== 'EAGAIN') return pid;
    if (shell.personality === 'bash' && seconds <= LONGEST_PAUSE_S) {
      yield* shell.write(2, `${name}: fork: retry: ${strerror(pid)}\n`);
      const slept = yield* wait(shell.process.sleep(seconds * 1_000_000));
      if (!failed(slept)) continue;
    }
    yield* shell.write(2, `${name}: fork: ${strerror(pid)}\n`);
    shell.status = 254;
    shell.unwind = { type: shell.interactive ? 'line' : 'exit' };
    return pid;
  }
}
