/** docker system df. */
import { formatTable, DOCKER_TABLE } from '../../../formats/table.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { array, humanSize, member, number, text, type Context, type Verb } from './context.ts';

async function df(context: Context): Promise<number> {
  const usage = await context.client.must('GET', '/system/df');
  const [images_, containers, volumes] = [
    array(member(usage, 'Images')),
    array(member(usage, 'Containers')),
    array(member(usage, 'Volumes')),
  ];
  const sum = (items: readonly JsonObject[], size: (item: JsonObject) => number): number =>
    items.reduce((total, item) => total + size(item), 0);
  const usedImages = images_.filter((item) => number(item, 'Containers') > 0);
  const reclaim = (free: number, total: number): string =>
    `${humanSize(free, 4)}${total === 0 ? '' : ` (${String(Math.floor((free / total) * 100))}%)`}`;
  const layers = number(usage, 'LayersSize');
  const running = containers.filter((item) => text(item, 'State') === 'running');
  const size = (item: JsonObject): number => number(item, 'UsageData', 'Size');
  const freeImages = Math.max(0, layers - sum(usedImages, (item) => number(item, 'Size')));
  const rows = [
    ['TYPE', 'TOTAL', 'ACTIVE', 'SIZE', 'RECLAIMABLE'],
    ['Images', String(images_.length), String(usedImages.length), humanSize(layers, 4), reclaim(freeImages, layers)],
    [
      'Containers',
      String(containers.length),
      String(running.length),
      humanSize(
        sum(containers, (item) => number(item, 'SizeRw')),
        4,
      ),
      reclaim(
        sum(
          containers.filter((item) => text(item, 'State') !== 'running'),
          (item) => number(item, 'SizeRw'),
        ),
        sum(containers, (item) => number(item, 'SizeRw')),
      ),
    ],
    [
      'Local Volumes',
      String(volumes.length),
      String(volumes.filter((item) => number(item, 'UsageData', 'RefCount') > 0).length),
      humanSize(sum(volumes, size), 4),
      reclaim(
        sum(
          volumes.filter((item) => number(item, 'UsageData', 'RefCount') === 0),
          size,
        ),
        sum(volumes, size),
      ),
    ],
    ['Build Cache', '0', '0', '0B', '0B'],
  ];
  context.io.out(formatTable(rows, DOCKER_TABLE));
  return 0;
}

export const diskUsageVerbs: Readonly<Record<string, Verb>> = {
  'system df': { use: '[OPTIONS]', short: 'Show docker disk usage', args: [0, 0], flags: [], run: df },
};
