/** docker logs. */
import { failed } from '../../../protocol/errno.ts';
import { bodyJson, chunkBytes, readBody } from '../../http-client.ts';
import { daemonError, Demultiplexer } from './client.ts';
import { encode, type Context } from './context.ts';
import { Fatal } from './fatal.ts';
import { timestamp } from './timestamp.ts';

export async function follow(context: Context): Promise<number> {
  const { client, flags, process } = context;
  const [name = ''] = flags.args;
  const moment = (flag: 'since' | 'until'): readonly string[] => {
    if (!flags.changed(flag)) return [];
    const read = timestamp(flags.string(flag), process.time().realtimeUs);
    if ('error' in read) throw new Fatal(`invalid value for "${flag}": ${read.error}`);
    return [`${flag}=${encodeURIComponent(read.text)}`];
  };
  const query = [
    'stdout=1',
    'stderr=1',
    `tail=${flags.string('tail') === '' ? 'all' : flags.string('tail')}`,
    ...(flags.bool('follow') ? ['follow=1'] : []),
    ...(flags.bool('timestamps') ? ['timestamps=1'] : []),
    ...(flags.bool('details') ? ['details=1'] : []),
    ...moment('since'),
    ...moment('until'),
  ];
  const { connection, response } = await client.open('GET', `/containers/${encode(name)}/logs?${query.join('&')}`);
  if (response.head.status >= 400) {
    const body = await readBody(response);
    throw new Fatal(daemonError(failed(body) ? undefined : bodyJson(body)));
  }
  const raw = (response.head.headers['content-type'] ?? '').includes('raw-stream');
  const demultiplexer = new Demultiplexer();
  for (;;) {
    const chunk = await response.next();
    if (chunk === undefined || failed(chunk)) break;
    const bytes = chunkBytes(chunk);
    for (const piece of raw ? [{ fd: 1 as const, bytes }] : demultiplexer.push(bytes))
      if (failed(await process.write(piece.fd, piece.bytes))) return 1;
  }
  connection.close();
  return 0;
}
