/** One question to one server, by UDP or by TCP, and what became of it. */
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';

export interface Question {
  readonly server: string;
  readonly port: number;
  readonly bytes: Uint8Array;
  readonly timeoutUs: number;
  /** Where it is asked from. */
  readonly from?: { readonly ip?: string; readonly port?: number };
}

export type Exchanged =
  | { readonly type: 'answer'; readonly bytes: Uint8Array; readonly tookUs: number }
  /** Nobody is on that port, or nothing came in time. */
  | { readonly type: 'refused' | 'silent' }
  /** The question could not leave. */
  | { readonly type: 'unsent'; readonly failure: SysFailure };

export async function askByUdp(process: Process, question: Question): Promise<Exchanged> {
  const { from, server, port, bytes, timeoutUs } = question;
  const fd = process.udp(from?.port, from?.ip);
  if (failed(fd)) return { type: 'unsent', failure: fd };
  const started = process.time().monotonicUs;
  const sent = process.sendTo(fd, { ip: server, port }, bytes);
  const answer: Exchanged = failed(sent)
    ? { type: 'unsent', failure: sent }
    : await firstAnswer(process, fd, bytes, started + timeoutUs);
  process.close(fd);
  return answer.type === 'answer' ? { ...answer, tookUs: process.time().monotonicUs - started } : answer;
}

async function firstAnswer(process: Process, fd: Fd, asked: Uint8Array, untilUs: number): Promise<Exchanged> {
  for (;;) {
    const leftUs = untilUs - process.time().monotonicUs;
    const datagram = leftUs <= 0 ? undefined : await process.receiveFrom(fd, leftUs);
    if (datagram === undefined) return { type: 'silent' };
    if (failed(datagram)) return { type: datagram.errno === 'ECONNREFUSED' ? 'refused' : 'silent' };
    if (datagram.bytes[0] === asked[0] && datagram.bytes[1] === asked[1])
      return { type: 'answer', bytes: datagram.bytes, tookUs: 0 };
  }
}

/** Messages of TCP have their length before them (RFC 1035, 4.2.2). */
export async function askByTcp(process: Process, question: Question): Promise<Exchanged> {
  const { server, port, bytes, timeoutUs, from } = question;
  const started = process.time().monotonicUs;
  const fd = await process.connect(
    { family: 'inet', ip: server, port },
    { timeoutUs, ...(from === undefined ? {} : { from }) },
  );
  if (failed(fd)) return { type: 'unsent', failure: fd };
  const sent = await process.write(fd, Uint8Array.of(bytes.length >> 8, bytes.length & 255, ...bytes));
  const answer = failed(sent) ? undefined : await wholeMessage(process, fd);
  process.close(fd);
  return answer === undefined
    ? { type: 'silent' }
    : { type: 'answer', bytes: answer, tookUs: process.time().monotonicUs - started };
}

async function wholeMessage(process: Process, fd: Fd): Promise<Uint8Array | undefined> {
  let all = new Uint8Array();
  for (;;) {
    const length = all.length < 2 ? Infinity : (all[0] ?? 0) * 256 + (all[1] ?? 0);
    if (all.length >= length + 2) return all.slice(2, length + 2);
    const more = await process.read(fd);
    if (failed(more) || more.length === 0) return undefined;
    all = Uint8Array.of(...all, ...more);
  }
}
