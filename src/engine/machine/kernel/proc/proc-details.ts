/** Small files of /proc/PID: where it waits, what an open file stands at, how the kernel would choose it. */
import { textFile, type SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { Descriptor } from '../descriptors/open-files.ts';
import type { ProcessRecord } from '../processes/process-record.ts';
import { stateOf } from '../processes/process-view.ts';

/** The kernel's functions in which calls wait. */
const WAITS: Readonly<Record<string, string>> = {
  sleep: 'hrtimer_nanosleep',
  sleepUntil: 'hrtimer_nanosleep',
  wait: 'do_wait',
  poll: 'poll_schedule_timeout',
  accept: 'inet_csk_accept',
  receive: 'wait_woken',
  receiveFrom: '__skb_wait_for_more_packets',
  lock: 'locks_lock_inode_wait',
};

/** `0` for who runs, or is dead. */
export function waitChannel(kernel: HostKernel, record: ProcessRecord): string {
  const state = stateOf(kernel, record);
  if (state === 'stopped') return 'do_signal_stop';
  if (state !== 'sleeping' || record.pid === kernel.caller) return '0';
  if (record.kind.type !== 'program') return 'ep_poll';
  const [call] = [...record.pending.values()].filter(({ stage }) => stage === 'wait').slice(-1);
  if (call === undefined) return '0';
  const kind = record.descriptors.get(Number(call.args['fd']))?.file.kind.type;
  if (call.name === 'read' || call.name === 'write')
    return kind === 'pipe' ? `pipe_${call.name}` : kind === 'node' ? '0' : 'wait_woken';
  return WAITS[call.name] ?? '0';
}

/** oom_badness and proc_oom_score: 667 parts of a thousand where there is nothing. */
export function oomScore(kernel: HostKernel, record: ProcessRecord): number {
  if (record.oomScoreAdj <= -1000) return 0;
  const total = kernel.memoryBytes + kernel.tables.memory().swapTotalBytes;
  const points = record.memoryBytes + (record.oomScoreAdj * total) / 1_000;
  return Math.max(0, Math.floor(((1_000 + Math.floor((points * 1_000) / total)) * 2) / 3));
}

/** /proc/PID/fdinfo/N. */
export function descriptorInfo({ file, closeOnExec }: Descriptor): SyntheticEntry {
  const { read, write, append } = file.flags;
  // The bits of open(2).
  const bits =
    (write === true ? (read === true ? 2 : 1) : 0) |
    (append === true ? 0o2000 : 0) |
    (closeOnExec ? 0o2000000 : 0) |
    0o100000;
  const place = file.kind.type === 'node' ? file.kind.place : file.place;
  const mount = place === undefined ? 0 : place.mount.id;
  return textFile(
    () =>
      `pos:\t${String(file.offset)}\nflags:\t0${bits.toString(8)}\nmnt_id:\t${String(mount)}\nino:\t${String(place?.node.stat().inode ?? 0)}\n`,
  );
}
