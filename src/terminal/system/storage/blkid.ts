/**
 * blkid (util-linux 2.39): what block devices, and files that hold a swap area, say about themselves.
 * Leaves out: low-level probing (-p), partition tables.
 */
import { helpHint } from '../../coreutils/help-hint.ts';
import { decodeSwapHeader, SWAP_PAGE_BYTES } from '../../../formats/swap-header.ts';
import type { Process } from '../../../protocol/program.ts';
import { command } from '../../coreutils/command.ts';
import { readDevices } from './block-devices.ts';
import { notSimulated } from '../plain-program.ts';
import { superblockOf, uuidText } from './ext4-superblock.ts';
import { readStart } from './read-start.ts';

interface Found {
  readonly name: string;
  readonly tags: readonly (readonly [name: string, value: string])[];
}

export const blkid = command(
  {
    name: 'blkid',
    calls: 'short',
    // A cache file (-c) changes where answers are kept, not the answers.
    short: 's:o:t:L:U:pilkc:gudDH:n:S:O:',
    long: { 'match-tag': 's', output: 'o', 'match-token': 't', label: 'L', uuid: 'U', probe: 'p', 'list-one': 'l' },
    absent: [...'pikgudDHnSO'],
    absentLong:
      'cache-file= garbage-collect list-filesystems no-encoding info size= offset= usages= match-types= no-part-details hint=',
    helpOption: '-h',
    usage: '[options] [<dev> ...]',
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const devices = await foundDevices(process);
    const found: Found[] = operands.length === 0 ? [...devices] : [];
    for (const path of operands) {
      const known =
        devices.find(({ name }) => name === path) ?? (await swapArea(process, path)) ?? (await volume(process, path));
      if (known !== undefined) found.push(known);
    }
    const token = options.value('t');
    if (token !== undefined && !/^[A-Za-z_]+=/.test(token)) {
      await io.warn('-t needs NAME=value pair');
      await io.raw(`${helpHint(io)}\n`);
      return 4;
    }
    // -L and -U name the device that has the label or the UUID.
    const [tag = '', value = ''] = options.has('L')
      ? ['LABEL', options.value('L')]
      : options.has('U')
        ? ['UUID', options.value('U')]
        : (token ?? '').replace(/"/g, '').split('=');
    if (tag !== '') {
      const fits = found.filter(({ tags }) => tags.some(([name, has]) => name === tag && has === value));
      found.splice(
        0,
        found.length,
        ...(options.has('l') || options.has('L') || options.has('U') ? fits.slice(0, 1) : fits),
      );
    }
    if (options.has('L') || options.has('U')) {
      for (const { name } of found) io.line(name);
      return await io.end(found.length === 0 ? 2 : 0);
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

const foundDevices = async (process: Process): Promise<readonly Found[]> =>
  (await readDevices(process))
    .filter(({ fileSystem }) => fileSystem !== '')
    .map(({ name, fileSystem, uuid, partUuid, label, blockBytes }) => ({
      name: `/dev/${name}`,
      tags: [
        ...(label === '' ? [] : [['LABEL', label] as const]),
        ...(uuid === '' ? [] : [['UUID', uuid] as const]),
        ['BLOCK_SIZE', String(blockBytes)],
        ['TYPE', fileSystem],
        ...(partUuid === '' ? [] : [['PARTUUID', partUuid] as const]),
      ],
    }));

/** A file with a file system in it. */
async function volume(process: Process, path: string): Promise<Found | undefined> {
  const found = await superblockOf(process, path);
  if (found === undefined) return undefined;
  return {
    name: path,
    tags: [
      ...(found.label === '' ? [] : [['LABEL', found.label] as const]),
      ['UUID', uuidText(found.uuid)],
      ['BLOCK_SIZE', String(found.geometry.blockBytes)],
      ['TYPE', 'ext4'],
    ],
  };
}

async function swapArea(process: Process, path: string): Promise<Found | undefined> {
  const page = await readStart(process, path, SWAP_PAGE_BYTES);
  const header = page === undefined ? undefined : decodeSwapHeader(page);
  if (header === undefined) return undefined;
  return {
    name: path,
    tags: [...(header.label === '' ? [] : [['LABEL', header.label] as const]), ['UUID', header.uuid], ['TYPE', 'swap']],
  };
}
