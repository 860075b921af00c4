import { cellWidth } from '../../../formats/cell-width.ts';
import type { Options } from '../command.ts';
import { byteCompare } from '../sort/byte-order.ts';
import { quoted } from '../quoting.ts';
import { versionCompare } from '../sort/version-order.ts';
import type { Entry } from './entry.ts';
import type { Settings } from './settings.ts';

const extension = (name: string): string => /\.[^.]*$/.exec(name)?.[0] ?? '';

export function order(options: Options, settings: Settings, entries: readonly Entry[]): Entry[] {
  if (settings.order === 'none') return [...entries];
  const compare = comparison(settings);
  const directoriesFirst = options.has('dirs-first');
  const isDirectory = (entry: Entry): number => Number(entry.stat.type === 'directory');
  return [...entries].sort((a, b) => {
    const kinds = directoriesFirst ? isDirectory(b) - isDirectory(a) : 0;
    if (kinds !== 0) return kinds;
    const result = compare(a, b) || byteCompare(a.name, b.name);
    return options.has('r') ? -result : result;
  });
}

function comparison({ order: by, clock, quoting }: Settings): (a: Entry, b: Entry) => number {
  switch (by) {
    case 'time':
      return (a, b) => b.stat[clock] - a.stat[clock];
    case 'size':
      return (a, b) => b.stat.size - a.stat.size;
    case 'version':
      return (a, b) => versionCompare(a.name, b.name);
    case 'extension':
      return (a, b) => byteCompare(extension(a.name), extension(b.name));
    case 'width':
      return (a, b) => cellWidth(quoted(a.name, quoting)) - cellWidth(quoted(b.name, quoting));
    default:
      return () => 0;
  }
}
