/**
 * pmap (procps 4.0): the address space of processes.
 * Models: the short form, -x, -d, -p, -q. Leaves out: -X -XX, ranges and configuration files.
 */
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { readProcess } from './process-list.ts';
import { procpsCommand, procpsUsage, type ProcpsSpec } from './procps-command.ts';

const SPEC: ProcpsSpec = {
  name: 'pmap',
  short: 'xXdqA:c:C:nN:pVh',
  long: {
    extended: 'x',
    device: 'd',
    quiet: 'q',
    range: 'A',
    'read-rc': 'c',
    'read-rc-from': 'C',
    'create-rc': 'n',
    'create-rc-to': 'N',
    'show-path': 'p',
  },
  absent: [...'XAcCnN'],
  helpOption: '-h',
  usage: '[options] PID [PID ...]',
};

interface Area {
  readonly start: string;
  readonly kib: number;
  readonly mode: string;
  readonly offset: string;
  readonly device: string;
  readonly name: string;
  readonly rss: number;
  readonly dirty: number;
}

/** The real one's status where a process was not found. */
const NOT_FOUND = 42;

export const pmap = procpsCommand(SPEC, async ({ io, options, operands, process }) => {
  if (options.has('x') && options.has('d')) {
    await io.warn('options -c, -C, -d, -n, -N, -x, -X are mutually exclusive');
    return 1;
  }
  const pids = operands.map((operand) => /^(?:\/proc\/)?([1-9]\d*)$/.exec(operand)?.[1]);
  if (pids.length === 0 || pids.includes(undefined)) return await procpsUsage(io, SPEC);
  let status = 0;
  for (const pid of pids) {
    const entry = readProcess(process, Number(pid));
    if (entry === undefined) {
      status = NOT_FOUND;
      continue;
    }
    io.line(`${String(entry.pid)}:   ${entry.args}`);
    const areas = areasOf(process, entry.pid);
    if (areas === undefined) {
      status = 1;
      continue;
    }
    const form = options.has('x') ? extended : options.has('d') ? withDevices : short;
    for (const line of form(areas, options.has('p'), options.has('q'))) io.line(line);
  }
  return await io.end(status);
});

function areasOf(process: Process, pid: number): readonly Area[] | undefined {
  const text = fileText(process, `/proc/${String(pid)}/smaps`);
  if (text === undefined || failed(process.readlink(`/proc/${String(pid)}/exe`))) return undefined;
  return text.split(/^(?=[\da-f]+-[\da-f]+ )/m).flatMap((block) => {
    const head = /^([\da-f]+)-([\da-f]+) (....) ([\da-f]+) (\S+) \d+ *(.*)/.exec(block);
    if (head === null) return [];
    const [, start = '', end = '', access = '', offset = '', device = '', name = ''] = head;
    const kib = (label: string): number => Number(new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(block)?.[1] ?? 0);
    return [
      {
        start: start.padStart(16, '0'),
        kib: (Number.parseInt(end, 16) - Number.parseInt(start, 16)) / 1_024,
        mode: `${access.slice(0, 3)}${access.endsWith('s') ? 's' : '-'}-`,
        offset: offset.padStart(16, '0'),
        device,
        name,
        rss: kib('Rss'),
        dirty: kib('Private_Dirty') + kib('Shared_Dirty'),
      },
    ];
  });
}

type Form = (areas: readonly Area[], wholePaths: boolean, quiet: boolean) => readonly string[];

function nameOf({ name }: Area, wholePaths: boolean): string {
  if (name === '[stack]') return '  [ stack ]';
  if (!name.startsWith('/')) return '  [ anon ]';
  return wholePaths ? name : name.slice(name.lastIndexOf('/') + 1);
}
const sum = (areas: readonly Area[], of: (area: Area) => number): number =>
  areas.reduce((total, area) => total + of(area), 0);
const cell = (kib: number, width = 7): string => String(kib).padStart(width);

const short: Form = (areas, wholePaths, quiet) => [
  ...areas.map((area) => `${area.start} ${cell(area.kib, 6)}K ${area.mode} ${nameOf(area, wholePaths)}`),
  ...(quiet
    ? []
    : [
        ` total ${cell(
          sum(areas, ({ kib }) => kib),
          16,
        )}K`,
      ]),
];

const extended: Form = (areas, wholePaths, quiet) => [
  ...(quiet ? [] : ['Address           Kbytes     RSS   Dirty Mode  Mapping']),
  ...areas.map(
    (area) =>
      `${area.start} ${cell(area.kib)} ${cell(area.rss)} ${cell(area.dirty)} ${area.mode} ${nameOf(area, wholePaths)}`,
  ),
  ...(quiet
    ? []
    : [
        '---------------- ------- ------- ------- ',
        `total kB         ${[sum(areas, ({ kib }) => kib), sum(areas, ({ rss }) => rss), sum(areas, ({ dirty }) => dirty)].map((kib) => cell(kib)).join(' ')}`,
      ]),
];

const withDevices: Form = (areas, wholePaths, quiet) => {
  const [mapped, written, shared] = [
    sum(areas, ({ kib }) => kib),
    sum(areas, ({ kib, mode }) => (mode.charAt(1) === 'w' && mode.charAt(3) !== 's' ? kib : 0)),
    sum(areas, ({ kib, mode }) => (mode.charAt(3) === 's' ? kib : 0)),
  ];
  return [
    ...(quiet ? [] : ['Address           Kbytes Mode  Offset           Device    Mapping']),
    ...areas.map((area) => {
      const [major = '', minor = ''] = area.device.split(':');
      return `${area.start} ${cell(area.kib)} ${area.mode} ${area.offset} ${major.padStart(3, '0')}:${minor.padStart(5, '0')} ${nameOf(area, wholePaths)}`;
    }),
    ...(quiet
      ? []
      : [`mapped: ${String(mapped)}K    writeable/private: ${String(written)}K    shared: ${String(shared)}K`]),
  ];
};
