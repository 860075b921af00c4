/** Probes of the way as programs send them, with the answers as they come. */
import { failed, type Result, type SysFailure } from '../../protocol/errno.ts';
import type { Fd, ProbeAnswer, Process, WayProbe } from '../../protocol/program.ts';
import { KernelRecord } from '../system/kernel/kernel-data.ts';

/** An answer, or why there is none: the time is over, or a signal came. */
export type Heard = ProbeAnswer | 'nothing' | 'interrupted';

export class Prober {
  readonly #process: Process;
  readonly #fd: Fd;

  private constructor(process: Process, fd: Fd) {
    this.#process = process;
    this.#fd = fd;
  }

  static open(process: Process): Prober | SysFailure {
    const fd = process.icmp();
    return failed(fd) ? fd : new Prober(process, fd);
  }

  send(ip: string, probe: WayProbe): Result<void> {
    return this.#process.sendProbe(this.#fd, ip, probe);
  }

  /** The next answer, waiting no longer than `timeoutUs`. */
  async hear(timeoutUs: number): Promise<Heard> {
    const ready = await this.#process.poll([{ fd: this.#fd, read: true }], Math.max(0, timeoutUs));
    if (failed(ready)) return ready.errno === 'EINTR' ? 'interrupted' : 'nothing';
    if (ready.length === 0) return 'nothing';
    const segment = await this.#process.receive(this.#fd);
    return failed(segment) || segment?.type !== 'message' ? 'nothing' : answerOf(new KernelRecord(segment.value));
  }
}

const ERRORS = [
  'unreachable-host',
  'unreachable-net',
  'unreachable-port',
  'prohibited',
  'ttl-exceeded',
  'too-long',
] as const;

function answerOf(record: KernelRecord): ProbeAnswer {
  const error = ERRORS.find((each) => each === record.text('error'));
  const mtu = record.optionalNumber('mtu');
  return {
    sequence: record.number('sequence'),
    from: record.text('from'),
    ttl: record.number('ttl'),
    roundTripUs: record.number('roundTripUs'),
    ...(error === undefined ? {} : { error }),
    ...(mtu === undefined ? {} : { mtu }),
  };
}
