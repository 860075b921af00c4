/** Lines of klog, the way client libraries report what nobody waits for. */
import { rfc3339 } from './time.ts';

/** An error line; `place` is the source file and line that the real tool names. */
export function errorLine(nowMs: number, pid: number, place: string, text: string): string {
  const [, month = '', day = '', clock = ''] = /^\d+-(\d\d)-(\d\d)T(.*)Z$/.exec(rfc3339(nowMs)) ?? [];
  const micros = String(Math.floor(nowMs * 1000) % 1_000_000).padStart(6, '0');
  return `E${month}${day} ${clock}.${micros} ${String(pid).padStart(7)} ${place}] ${text}`;
}
