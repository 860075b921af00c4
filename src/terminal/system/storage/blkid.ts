/**
 * blkid (util-linux 2.39): what block devices, and files that hold a swap area, say about themselves.
 * Leaves out: file systems' UUIDs, looking for a tag (-t), a label or a UUID, partition tables.
 */
import { decodeSwapHeader, SWAP_PAGE_BYTES } from '../../../formats/swap-header.ts';
import type { Process } from '../../../protocol/program.ts';
import { command } from '../../coreutils/command.ts';
import { readDevices } from './block-devices.ts';
import { notSimulated } from '../plain-program.ts';
import { readStart } from './read-start.ts';

interface Found {
  readonly name: string;
  readonly tags: readonly (readonly [name: string, value: string])[];
}

export const blkid = command(
  {
    name: 'blkid',
    // A cache file (-c) changes where answers are kept, not the answers.
    short: 's:o:t:L:U:pilkc:gudDH:n:S:O:',
    long: { 'match-tag': 's', output: 'o', 'match-token': 't', label: 'L', uuid: 'U', probe: 'p' },
    absent: [...'tLUpilkgudDHnSO'],
    absentLong:
      'cache-file= garbage-collect list-one list-filesystems no-encoding info size= offset= usages= match-types= no-part-details hint=',
    helpOption: '-h',
    usage: '[options] [<dev> ...]',
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const devices = foundDevices(process);
    const found: Found[] = operands.length === 0 ? [...devices] : [];
    for (const path of operands) {
      const known = devices.find(({ name }) => name === path) ?? (await swapArea(process, path));
      if (known !== undefined) found.push(known);
    }
    const wanted = options.values('s');
    const format = options.value('o') ?? 'full';
    if (!['full', 'value', 'device', 'export'].includes(format)) return await notSimulated(io, `blkid -o ${format}`);
    for (const { name, tags: all } of found) {
      const tags = all.filter(([tag]) => wanted.length === 0 || wanted.includes(tag));
      if (tags.length === 0) continue;
      if (format === 'device') io.line(name);
      else if (format === 'value') for (const [, value] of tags) io.line(value);
      else if (format === 'export')
        io.line([`DEVNAME=${name}`, ...tags.map(([tag, value]) => `${tag}=${value}`)].join('\n'));
      else io.line(`${name}: ${tags.map(([tag, value]) => `${tag}="${value}"`).join(' ')}`);
    }
    return await io.end(found.length === 0 ? 2 : 0);
  },
);

const foundDevices = (process: Process): readonly Found[] =>
  readDevices(process)
    .filter(({ fileSystem }) => fileSystem !== '')
    .map(({ name, fileSystem }) => ({
      name: `/dev/${name}`,
      tags: [
        ['BLOCK_SIZE', '4096'],
        ['TYPE', fileSystem],
      ],
    }));

async function swapArea(process: Process, path: string): Promise<Found | undefined> {
  const page = await readStart(process, path, SWAP_PAGE_BYTES);
  const header = page === undefined ? undefined : decodeSwapHeader(page);
  if (header === undefined) return undefined;
  return {
    name: path,
    tags: [...(header.label === '' ? [] : [['LABEL', header.label] as const]), ['UUID', header.uuid], ['TYPE', 'swap']],
  };
}
