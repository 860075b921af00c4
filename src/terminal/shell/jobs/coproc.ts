import type { Coproc } from 'unbash';
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd } from '../../../protocol/program.ts';
import { isName } from '../builtins/message.ts';
import type { Job } from './jobs.ts';
import type { Op } from '../machine/op.ts';
import { commandText } from '../print/command.ts';
import { forkNode } from './pipeline.ts';
import type { Shell } from '../shell.ts';
import type { Source } from '../syntax/source.ts';

/** Where bash keeps its ends of the pipes. */
const HIGH_FD = 60;

/** `coproc`: a background command whose output and input are the descriptors in an array. */
export function* runCoproc(shell: Shell, source: Source, node: Coproc): Op<void> {
  const name = node.name?.text ?? 'COPROC';
  if (!isName(name)) {
    yield* shell.complain(`\`${name}': not a valid identifier`);
    shell.status = 1;
    return;
  }
  const other = shell.jobs.list.find(
    (job) => job.coproc !== undefined && job.processes.some((p) => p.status === undefined),
  );
  if (other?.coproc !== undefined)
    yield* shell.complain(
      `warning: execute_coproc: coproc [${String(other.processes[0]?.pid)}:${other.coproc}] still exists`,
    );
  const fromChild = shell.process.pipe();
  const toChild = shell.process.pipe();
  if (failed(fromChild) || failed(toChild)) {
    yield* shell.complain(`coproc: cannot make pipe: ${strerror(failed(fromChild) ? fromChild : { errno: 'EMFILE' })}`);
    shell.status = 1;
    return;
  }
  const monitor = shell.options.has('monitor');
  const pid = yield* forkNode(shell, source, node.body, {
    dup: [
      [toChild[0], 0],
      [fromChild[1], 1],
    ],
    close: [...fromChild, ...toChild],
    group: monitor ? 0 : undefined,
    foreground: false,
    background: true,
  });
  shell.process.close(toChild[0]);
  shell.process.close(fromChild[1]);
  if (failed(pid)) return;
  const variable = shell.vars.ensure(name);
  variable.value = undefined;
  variable.indexed = new Map([
    [0, String(moveUp(shell, fromChild[0]))],
    [1, String(moveUp(shell, toChild[1]))],
  ]);
  shell.assign(`${name}_PID`, String(pid));
  const text = commandText(node, source.text);
  const job = shell.jobs.add({
    processes: [{ pid, status: undefined }],
    group: monitor ? pid : undefined,
    text,
    background: true,
    notified: false,
    hidden: false,
    nohup: false,
    coproc: name,
  });
  shell.jobs.touch(job);
  shell.lastBackground = pid;
  shell.status = 0;
  if (shell.interactive) yield* shell.write(2, `[${String(job.id)}] ${String(pid)}\n`);
}

/** A coprocess that is over leaves neither its array nor its pipes behind. */
export function endCoproc(shell: Shell, { coproc }: Job): void {
  if (coproc === undefined) return;
  for (const fd of shell.vars.find(coproc)?.indexed?.values() ?? []) shell.process.close(Number(fd));
  shell.vars.unset(coproc);
  shell.vars.unset(`${coproc}_PID`);
}

function moveUp(shell: Shell, fd: Fd): Fd {
  const high: Result<Fd> = shell.process.dup(fd, HIGH_FD);
  if (failed(high)) return fd;
  shell.process.close(fd);
  shell.process.setCloseOnExec(high, true);
  return high;
}
