/** The kernel's loop devices, as programs ask for them. */
import { failed, type Result, type SysFailure } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import { recordsOf } from '../kernel/kernel-data.ts';

export interface LoopDevice {
  readonly number: number;
  readonly name: string;
  /** Of the file, as it is called now. */
  readonly path: string;
  readonly offset: number;
  readonly sizeLimit: number;
  readonly bytes: number;
  readonly readOnly: boolean;
  readonly autoclear: boolean;
  readonly inode: number;
  /** Number of the file's device. */
  readonly device: number;
}

export function loopDevices(process: Process): readonly LoopDevice[] {
  return recordsOf(process.kernel({ subsystem: 'block', op: 'list' })).map((each) => {
    const number = each.number('number');
    return {
      number,
      name: `/dev/loop${String(number)}`,
      path: each.text('path'),
      offset: each.number('offset'),
      sizeLimit: each.number('sizeLimit'),
      bytes: each.number('bytes'),
      readOnly: each.flag('readOnly'),
      autoclear: each.flag('autoclear'),
      inode: each.number('inode'),
      device: each.number('device'),
    };
  });
}

/** The kernel fetches what it needs for block devices when somebody first asks. */
export async function wakeBlockLayer(process: Process): Promise<void> {
  const list = process.kernel({ subsystem: 'block', op: 'list' });
  if (!failed(list)) return;
  process.kernel({ subsystem: 'block', op: 'load' });
  await process.sleep(1);
}

export interface LoopSettings {
  readonly offset?: number;
  readonly sizeLimit?: number;
  readonly readOnly?: boolean;
  readonly autoclear?: boolean;
}

/** Puts a file behind a device, or behind the first that is free; answers the device. */
export function attachLoop(
  process: Process,
  path: string,
  settings: LoopSettings,
  wanted?: number,
): Result<string> | (SysFailure & { readonly free: true }) {
  const number = wanted ?? process.kernel({ subsystem: 'block', op: 'free' });
  if (typeof number !== 'number') return { ...(failed(number) ? number : { errno: 'ENODEV' }), free: true };
  const args: { readonly [key: string]: Plain } = { number, path, ...settings };
  const done = process.kernel({ subsystem: 'block', op: 'attach', args });
  return failed(done) ? done : `/dev/loop${String(number)}`;
}

export const loopRequest = (process: Process, op: 'detach' | 'resize', number: number): Result<Plain> =>
  process.kernel({ subsystem: 'block', op, args: { number } });

/** The number in /dev/loopN or loopN. */
export function loopNumber(name: string): number | undefined {
  const match = /^(?:\/dev\/)?loop(\d+)$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}
