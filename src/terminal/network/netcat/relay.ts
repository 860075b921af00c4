/** Standard input to the other end and what it sends to standard output, as netcat's poll loop goes on. */
import { failed } from '../../../protocol/errno.ts';
import type { Fd } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import type { Wire } from './wire.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Until both are at their end; a listener and busybox do not wait for input once the other end is done. */
export async function relay(call: Invocation, wire: Wire): Promise<void> {
  const { options, process } = call;
  const leaves = options.has('l') || call.flavour === 'busybox';
  const open = { input: !options.has('d'), wire: true };
  let [quitUs, pieces] = [Infinity, Number(options.value('W') ?? Infinity)];
  while (open.wire || (open.input && !leaves)) {
    await pause(call);
    const ready = await readyOf(call, wire, open, quitUs);
    if (ready.length === 0) return;
    if (ready.includes(wire.fd)) {
      const bytes = await wire.read();
      if (bytes === undefined) open.wire = false;
      else if (failed(await process.write(1, bytes))) return;
      else pieces -= 1;
      if (pieces === 0) return;
    }
    if (!ready.includes(0)) continue;
    const typed = await process.read(0);
    if (!failed(typed) && typed.length > 0) {
      if (!(await wire.write(options.has('C') ? withReturns(typed) : typed))) return;
      continue;
    }
    open.input = false;
    if (options.has('N') || call.flavour === 'busybox') wire.finish();
    const quit = Number(options.value('q') ?? '-1');
    if (quit === 0) return;
    if (quit > 0) quitUs = process.time().monotonicUs + quit * 1e6;
  }
}

/** What can be read; nothing once it was quiet for -w seconds or -q's time is over. */
async function readyOf(
  { options, process }: Invocation,
  { fd }: Wire,
  open: { readonly input: boolean; readonly wire: boolean },
  quitUs: number,
): Promise<readonly Fd[]> {
  const idle = options.value('w');
  const waitUs = Math.min(idle === undefined ? Infinity : Number(idle) * 1e6, quitUs - process.time().monotonicUs);
  const requests = [...(open.wire ? [{ fd, read: true }] : []), ...(open.input ? [{ fd: 0, read: true }] : [])];
  const ready = await process.poll(requests, waitUs === Infinity ? undefined : Math.max(0, waitUs));
  return failed(ready) ? [] : ready;
}

/** -i: netcat waits before each piece that it moves. */
async function pause({ options, process }: Invocation): Promise<void> {
  const interval = options.value('i');
  if (interval !== undefined) await process.sleepUntil(process.time().realtimeUs + Number(interval) * 1e6);
}

/** -C: lines end as RFC 2822 has them. */
const withReturns = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(
    [...bytes].flatMap((byte, at) =>
      byte === LINE_FEED && bytes[at - 1] !== CARRIAGE_RETURN ? [CARRIAGE_RETURN, byte] : [byte],
    ),
  );
