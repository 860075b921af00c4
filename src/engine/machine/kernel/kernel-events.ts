/** The events that a host's kernel gets: of its processors, processes, reactive programs and watched files. */
import type { Plain } from '../../../protocol/plain.ts';
import type { HostKernel } from './host-kernel.ts';
import type { ReactiveResponse } from './reactive/reactive.ts';

export function handleEvent(kernel: HostKernel, type: string, payload: Plain): void {
  const data = payload as unknown as {
    readonly pid: number;
    readonly call: number;
    readonly code: number;
    readonly watch: number;
    readonly timer: string;
    readonly connection: number;
    readonly response: ReactiveResponse;
  };
  switch (type) {
    case 'cpu.tick':
      kernel.cpu.tick();
      return;
    case 'proc.ready':
      kernel.runner.ready(data.pid, data.call, payload as { readonly [key: string]: Plain });
      return;
    case 'proc.timeout':
      kernel.runner.timedOut(data.pid, data.call);
      return;
    case 'proc.start':
      kernel.runner.start(data.pid);
      return;
    case 'proc.fork-bomb':
      kernel.forkBound.stop(data.pid);
      return;
    case 'proc.exit':
      kernel.runner.exitNow(data.pid, data.code);
      return;
    case 'reactive.timer':
      kernel.reactive.timerFired(data.pid, data.timer);
      return;
    case 'reactive.respond':
      kernel.reactive.respond(data.pid, data.connection, data.response);
      return;
    case 'reactive.signal':
      kernel.reactive.deliverSignals(data.pid);
      return;
    case 'reactive.ready':
      kernel.reactive.ready(data.pid, payload as { readonly [key: string]: Plain });
      return;
    case 'files.changed':
      kernel.files.watches.tell(data.watch);
      return;
    default:
      throw new Error(`the kernel has no event ${type}`);
  }
}
