/** docker stats. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { jsonLines } from './client.ts';
import { array, binarySize, encode, humanSize, number, text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { printRows } from './listing.ts';

async function stats(context: Context): Promise<number> {
  const { client, flags } = context;
  if (!flags.bool('no-stream')) throw new Fatal("drydock: 'docker stats' without --no-stream is not simulated");
  const names =
    flags.args.length > 0
      ? flags.args
      : array(await client.must('GET', `/containers/json${flags.bool('all') ? '?all=1' : ''}`)).map((item) =>
          text(item, 'Id'),
        );
  const rows: Record<string, string>[] = [];
  for (const name of names) {
    const { connection, response } = await client.open('GET', `/containers/${encode(name)}/stats?stream=0`);
    if (response.head.status >= 400) throw new Fatal(`Error response from daemon: No such container: ${name}`);
    for await (const item of jsonLines(response)) {
      const used = number(item, 'memory_stats', 'usage');
      const limit = number(item, 'memory_stats', 'limit');
      const share =
        number(item, 'cpu_stats', 'system_cpu_usage') === 0
          ? 0
          : (number(item, 'cpu_stats', 'cpu_usage', 'total_usage') / number(item, 'cpu_stats', 'system_cpu_usage')) *
            number(item, 'cpu_stats', 'online_cpus') *
            100;
      const networks = Object.values((item['networks'] ?? {}) as JsonObject);
      const sum = (key: string): number => networks.reduce((total: number, network) => total + number(network, key), 0);
      rows.push({
        ID: text(item, 'id').slice(0, 12),
        Container: name,
        Name: text(item, 'name').replace(/^\//, ''),
        CPUPerc: `${share.toFixed(2)}%`,
        MemUsage: `${binarySize(used)} / ${binarySize(limit)}`,
        MemPerc: `${(limit === 0 ? 0 : (used / limit) * 100).toFixed(2)}%`,
        NetIO: `${humanSize(sum('rx_bytes'))} / ${humanSize(sum('tx_bytes'))}`,
        BlockIO: '0B / 0B',
        PIDs: String(number(item, 'pids_stats', 'current')),
      });
    }
    connection.close();
  }
  printRows(context, flags.string('format'), LISTING, rows);
  return 0;
}

const LISTING = {
  type: '*container.statsContext',
  headers: {
    ID: 'CONTAINER ID',
    Container: 'CONTAINER',
    Name: 'NAME',
    CPUPerc: 'CPU %',
    MemUsage: 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
    PIDs: 'PIDS',
  },
  columns: ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'],
};

export const statsVerbs: Readonly<Record<string, Verb>> = {
  stats: {
    use: '[OPTIONS] [CONTAINER...]',
    short: 'Display a live stream of container(s) resource usage statistics',
    args: [0, Infinity],
    flags: ['all', 'format', 'no-stream', 'no-trunc'],
    completes: 'running',
    run: stats,
  },
};
