import type { Process } from '../../../protocol/program.ts';
import { Channel } from './channel.ts';
import type { RsyncOptions } from './options.ts';
import { decodeRules, receiveSide, sendSide, type SideResult } from './sides.ts';
import { ServerVoice } from './voice.ts';

const CLOSED = 12;

/** `rsync --server`: the end that a client has started, on standard input and output. */
export async function runServer(process: Process, options: RsyncOptions, operands: readonly string[]): Promise<number> {
  process.sigaction('SIGPIPE', 'ignore');
  const channel = new Channel(process, 0, 1);
  await channel.send('hello');
  const first = await channel.next();
  if (typeof first === 'string' || first.tag !== 'rules') return CLOSED;
  const rules = decodeRules(first.body);
  const paths = operands.slice(1);
  const side = { process, options, channel, voice: new ServerVoice(channel) };
  const result = options.has('sender')
    ? await sendSide(side, paths, rules)
    : await receiveSide(side, paths[0] ?? '.', rules);
  return await lastWord(channel, result);
}

async function lastWord(channel: Channel, result: SideResult): Promise<number> {
  if (result === 'closed') return CLOSED;
  if (typeof result !== 'number') return result.code;
  await channel.send('fatal', Uint8Array.of(result));
  return result;
}
