/** The progress line of scp and sftp, drawn when a file is done. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { cellWidth } from '../../../formats/cell-width.ts';
import { textToBytes } from '../../text.ts';

/** Columns that follow the name. */
const FIGURES_WIDTH = 35;
const UNITS = ['  ', 'KB', 'MB', 'GB', 'TB'];

function scaled(bytes: number): readonly [value: number, unit: string] {
  let [value, unit] = [bytes, 0];
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return [value, UNITS[unit] ?? ''];
}

/** Shows a file's transfer where standard output is a terminal. */
export async function showTransfer(process: Process, name: string, bytes: number, tookUs: number): Promise<void> {
  const size = process.isatty(1) ? process.windowSize(1) : undefined;
  if (size === undefined || failed(size)) return;
  const width = Math.max(10, size.columns - FIGURES_WIDTH);
  const [amount, unit] = scaled(bytes);
  const [rate, rateUnit] = scaled(Math.max(0, (bytes * 1e6) / Math.max(1, tookUs)));
  const seconds = Math.floor(tookUs / 1e6);
  const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  const shown = name + ' '.repeat(Math.max(0, width - cellWidth(name)));
  const speed = rateUnit === '  ' ? (rate / 1_024).toFixed(1) : rate.toFixed(1);
  await process.write(
    1,
    textToBytes(
      `\r${shown} 100% ${String(Math.floor(amount)).padStart(4)}${unit} ${speed.padStart(5)}${rateUnit === '  ' ? 'KB' : rateUnit}/s   ${clock}    \r\n`,
    ),
  );
}
