/** The other end as netcat sees it: a stream, or datagrams to and from one peer. */
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';

export interface Wire {
  /** What is polled. */
  readonly fd: Fd;
  /** What came; undefined where nothing will come any more. */
  readonly read: () => Promise<Uint8Array | undefined>;
  /** Whether it could be written. */
  readonly write: (bytes: Uint8Array) => Promise<boolean>;
  /** No more is written. */
  readonly finish: () => void;
}

export const streamWire = (process: Process, fd: Fd): Wire => ({
  fd,
  read: async () => {
    const bytes = await process.read(fd);
    return failed(bytes) || bytes.length === 0 ? undefined : bytes;
  },
  write: async (bytes) => !failed(await process.write(fd, bytes)),
  finish: () => process.shutdown(fd),
});

export const datagramWire = (process: Process, fd: Fd, peer: { readonly ip: string; readonly port: number }): Wire => ({
  fd,
  read: async () => {
    const datagram = await process.receiveFrom(fd);
    return failed(datagram) ? undefined : datagram.bytes;
  },
  write: async (bytes) => await Promise.resolve(!failed(process.sendTo(fd, peer, bytes))),
  finish: () => undefined,
});
