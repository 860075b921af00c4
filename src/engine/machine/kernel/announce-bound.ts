import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { HostKernel } from './host-kernel.ts';
import type { ProcessRecord } from './processes/process-record.ts';

/** A bound of the simulator itself was met: the process that met it says so on its standard error, and the kernel's log does. */
export function announceBound(kernel: HostKernel, record: ProcessRecord, text: string): void {
  const message = `drydock: ${text}`;
  kernel.log(message);
  kernel.descriptors.writeNow(record, 2, encodeUtf8(`${message}\n`));
}
