/** docker system df. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { array, humanSize, member, number, text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { IMAGE_LISTING, imageRows } from './images.ts';
import { printRows, type Row } from './listing.ts';
import { CONTAINER_LISTING, containerRow } from './ps.ts';

interface Usage {
  readonly layersBytes: number;
  readonly images: readonly JsonObject[];
  readonly containers: readonly JsonObject[];
  readonly volumes: readonly JsonObject[];
}

async function df(context: Context): Promise<number> {
  const found = await context.client.must('GET', '/system/df');
  const usage: Usage = {
    layersBytes: number(found, 'LayersSize'),
    images: array(member(found, 'Images')),
    containers: array(member(found, 'Containers')),
    volumes: array(member(found, 'Volumes')),
  };
  const format = context.flags.string('format');
  if (!context.flags.bool('verbose')) printRows(context, format, SUMMARY_LISTING, summary(usage));
  else if (format === '') details(context, usage);
  else throw new Fatal("drydock: 'docker system df --verbose --format' is not simulated");
  return 0;
}

const SUMMARY_LISTING = {
  type: '*formatter.diskUsageImagesContext',
  headers: { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' },
  columns: ['Type', 'TotalCount', 'Active', 'Size', 'Reclaimable'],
};

const isActive = (container: JsonObject): boolean =>
  ['running', 'paused', 'restarting'].includes(text(container, 'State'));
const sum = (items: readonly JsonObject[], size: (item: JsonObject) => number): number =>
  items.reduce((total, item) => total + size(item), 0);
const volumeBytes = (item: JsonObject): number => number(item, 'UsageData', 'Size');
const writtenBytes = (item: JsonObject): number => number(item, 'SizeRw');

function summary({ layersBytes, images, containers, volumes }: Usage): readonly Row[] {
  const usedImages = images.filter((item) => number(item, 'Containers') > 0);
  const active = containers.filter(isActive);
  const usedVolumes = volumes.filter((item) => number(item, 'UsageData', 'RefCount') > 0);
  const row = (type: string, count: number, used: number, bytes: number, usedBytes: number): Row => ({
    Type: type,
    TotalCount: String(count),
    Active: String(used),
    Size: humanSize(bytes, 4),
    Reclaimable: reclaimable(Math.max(0, bytes - usedBytes), bytes),
  });
  return [
    row(
      'Images',
      images.length,
      usedImages.length,
      layersBytes,
      sum(usedImages, (item) => number(item, 'Size')),
    ),
    row('Containers', containers.length, active.length, sum(containers, writtenBytes), sum(active, writtenBytes)),
    row('Local Volumes', volumes.length, usedVolumes.length, sum(volumes, volumeBytes), sum(usedVolumes, volumeBytes)),
    row('Build Cache', 0, 0, 0, 0),
  ];
}

const reclaimable = (free: number, total: number): string =>
  `${humanSize(free, 4)}${total === 0 ? '' : ` (${String(Math.floor((free / total) * 100))}%)`}`;

function details(context: Context, { images, containers, volumes }: Usage): void {
  const { io, process } = context;
  const now = process.time().realtimeUs / 1_000_000;
  io.out('Images space usage:\n\n');
  printRows(
    context,
    '',
    {
      ...IMAGE_LISTING,
      columns: ['Repository', 'Tag', 'ID', 'CreatedSince', 'Size', 'SharedSize', 'UniqueSize', 'Containers'],
    },
    // Of an image with several names the first is shown.
    images.flatMap((image) => imageRows(image, now, false, false).slice(0, 1)),
  );
  io.out('\nContainers space usage:\n\n');
  printRows(
    context,
    '',
    {
      ...CONTAINER_LISTING,
      columns: ['ID', 'Image', 'Command', 'LocalVolumes', 'Size', 'RunningFor', 'Status', 'Names'],
    },
    // What their images hold is told above.
    containers.map((container) => containerRow({ ...container, SizeRootFs: 0 }, now, false)),
  );
  io.out('\nLocal Volumes space usage:\n\n');
  printRows(
    context,
    '',
    { type: '', headers: { Name: 'VOLUME NAME', Links: 'LINKS', Size: 'SIZE' }, columns: ['Name', 'Links', 'Size'] },
    volumes.map((volume) => ({
      Name: text(volume, 'Name'),
      Links: String(number(volume, 'UsageData', 'RefCount')),
      Size: humanSize(volumeBytes(volume)),
    })),
  );
  io.out('\nBuild cache usage: 0B\n\n');
  const columns = ['CACHE ID', 'CACHE TYPE', 'SIZE', 'CREATED', 'LAST USED', 'USAGE', 'SHARED'];
  printRows(context, '', { type: '', headers: {}, columns }, []);
}

export const diskUsageVerbs: Readonly<Record<string, Verb>> = {
  'system df': {
    use: '[OPTIONS]',
    short: 'Show docker disk usage',
    args: [0, 0],
    flags: ['format', 'verbose'],
    run: df,
  },
};
