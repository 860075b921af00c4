import type { FileStat } from '../../../protocol/program.ts';

const TYPE_LETTERS = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
} as const;

/** `-rwxr-xr-x`. */
export function modeText(stat: Pick<FileStat, 'type' | 'mode'>): string {
  const { mode } = stat;
  const three = (shift: number, special: number, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const x = (bits & 1) !== 0;
    return `${(bits & 4) !== 0 ? 'r' : '-'}${(bits & 2) !== 0 ? 'w' : '-'}${(mode & special) !== 0 ? (x ? letter : letter.toUpperCase()) : x ? 'x' : '-'}`;
  };
  return TYPE_LETTERS[stat.type] + three(6, 0o4000, 's') + three(3, 0o2000, 's') + three(0, 0o1000, 't');
}
