/**
 * The address space of a process as /proc/PID shows it (fs/proc/task_mmu.c).
 * Models: the program's file, its heap, its stack and the kernel's page, whose sizes and resident parts come to what status says.
 * Leaves out: libraries (a program here is one file), pages shared with others, swapped ones.
 */
import { failed } from '../../../../protocol/errno.ts';
import { fnv1a32 } from '../../../sim/hash.ts';
import { walk } from '../../files/walk.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessRecord } from '../processes/process-record.ts';

const PAGE = 4_096;
const STACK_BYTES = 33 * PAGE;
const VDSO_BYTES = 2 * PAGE;
const pages = (bytes: number): number => Math.floor(bytes / PAGE) * PAGE;

export interface MemoryArea {
  readonly start: number;
  readonly bytes: number;
  /** Those of its bytes that are in memory. */
  readonly resident: number;
  readonly access: 'r-xp' | 'rw-p';
  readonly file: { readonly device: number; readonly inode: number } | undefined;
  readonly name: string;
}

/** From the lowest address up. */
export function memoryAreas(kernel: HostKernel, record: ProcessRecord): readonly MemoryArea[] {
  const size = pages(record.memoryBytes * 2);
  const place = walk(kernel.walkerOf(record), record.path);
  const found = failed(place) ? undefined : place.node;
  const left = Math.max(0, size - STACK_BYTES - VDSO_BYTES);
  const text = Math.min(Math.max(PAGE, pages((found?.stat().size ?? 0) + PAGE - 1)), pages(left / 2));
  const heap = left - text;
  let unplaced = pages(record.memoryBytes);
  const take = (bytes: number): number => {
    const taken = Math.min(bytes, unplaced);
    unplaced -= taken;
    return taken;
  };
  const stack = take(2 * PAGE);
  const residentText = take(pages(text / 2));
  const residentHeap = take(heap);
  // Where the kernel's chance has put them.
  const shift = fnv1a32(`${String(record.pid)} ${String(record.startedUs)}`) % 0x10000;
  const low = 0x55_5555_554000 + shift * PAGE * 16;
  const high = 0x7ffc_0000_0000 + shift * PAGE;
  const file = found === undefined ? undefined : { device: found.fs.device, inode: found.stat().inode };
  return [
    {
      start: low,
      bytes: text,
      resident: residentText + take(text - residentText),
      access: 'r-xp',
      file,
      name: record.path,
    },
    {
      start: low + text + 256 * PAGE,
      bytes: heap,
      resident: residentHeap,
      access: 'rw-p',
      file: undefined,
      name: '[heap]',
    },
    {
      start: high,
      bytes: STACK_BYTES,
      resident: stack + take(STACK_BYTES - stack),
      access: 'rw-p',
      file: undefined,
      name: '[stack]',
    },
    {
      start: high + STACK_BYTES + 4 * PAGE,
      bytes: VDSO_BYTES,
      resident: 0,
      access: 'r-xp',
      file: undefined,
      name: '[vdso]',
    },
  ];
}

const hex = (address: number): string => address.toString(16).padStart(8, '0');

/** A line of maps. */
function areaLine({ start, bytes, access, file, name }: MemoryArea): string {
  const device = file?.device ?? 0;
  const two = (n: number): string => n.toString(16).padStart(2, '0');
  const head = `${hex(start)}-${hex(start + bytes)} ${access} 00000000 ${two(device >> 8)}:${two(device & 255)} ${String(file?.inode ?? 0)} `;
  return `${head.padEnd(73)}${name}\n`;
}

export const mapsText = (areas: readonly MemoryArea[]): string => areas.map(areaLine).join('');

/** smaps, or the one sum of it. */
export function smapsText(areas: readonly MemoryArea[], isRollup: boolean): string {
  const kib = (name: string, bytes: number): string =>
    `${`${name}:`.padEnd(15)} ${String(bytes / 1_024).padStart(8)} kB\n`;
  const part = (of: readonly MemoryArea[]): string => {
    const sum = (value: (area: MemoryArea) => number): number => of.reduce((all, area) => all + value(area), 0);
    const resident = sum((area) => area.resident);
    const anonymous = sum((area) => (area.access === 'rw-p' ? area.resident : 0));
    const sizes = isRollup
      ? ''
      : kib(
          'Size',
          sum(({ bytes }) => bytes),
        ) +
        kib('KernelPageSize', PAGE) +
        kib('MMUPageSize', PAGE);
    return `${sizes}${kib('Rss', resident)}${kib('Pss', resident)}${kib('Shared_Clean', 0)}${kib('Shared_Dirty', 0)}${kib('Private_Clean', resident - anonymous)}${kib('Private_Dirty', anonymous)}${kib('Referenced', resident)}${kib('Anonymous', anonymous)}${kib('Swap', 0)}${kib('Locked', 0)}`;
  };
  if (!isRollup) return areas.map((area) => areaLine(area) + part([area])).join('');
  const [first] = areas;
  const last = areas.at(-1);
  const range = `${hex(first?.start ?? 0)}-${hex((last?.start ?? 0) + (last?.bytes ?? 0))} ---p 00000000 00:00 0 `;
  return `${range.padEnd(73)}[rollup]\n${part(areas)}`;
}
