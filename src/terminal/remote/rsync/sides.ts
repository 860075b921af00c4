/** The course of a transfer on the end that sends and on the end that receives; client and server run the same. */
import type { Process } from '../../../protocol/program.ts';
import { type Channel, WireReader, WireWriter } from './channel.ts';
import { openDestination } from './destination.ts';
import { decodeList, type ListEntry } from './file-list.ts';
import type { FilterRule } from './filters.ts';
import type { RsyncOptions } from './options.ts';
import { Outcome } from './outcome.ts';
import { Receiver } from './receiver.ts';
import { Sender, type Watcher } from './sender.ts';
import type { Voice } from './voice.ts';

export interface Side {
  readonly process: Process;
  readonly options: RsyncOptions;
  readonly channel: Channel;
  readonly voice: Voice;
  /** The client's report. */
  readonly watcher?: Watcher;
}

/** How it went; `closed` where the other end was gone before it was over, a number where this end gave up. */
export type SideResult = Outcome | 'closed' | number;

export function encodeRules(rules: readonly FilterRule[]): Uint8Array {
  const writer = new WireWriter();
  for (const { include, pattern } of rules) writer.number(include ? 1 : 0).text(pattern);
  return writer.bytes();
}
export function decodeRules(body: Uint8Array): readonly FilterRule[] {
  const reader = new WireReader(body);
  const rules: FilterRule[] = [];
  while (!reader.ended) rules.push({ include: reader.number() === 1, pattern: reader.text() });
  return rules;
}

export async function sendSide(
  side: Side,
  paths: readonly string[],
  rules: readonly FilterRule[],
): Promise<SideResult> {
  const sender = new Sender(side.process, side.options, side.channel, side.voice, side.watcher);
  await sender.sendList(paths, rules);
  for (;;) {
    const frame = await side.channel.next();
    if (typeof frame === 'string') return side.channel.fatal ?? 'closed';
    if (await sender.answer(frame)) return sender.outcome;
  }
}

export async function receiveSide(side: Side, path: string, rules: readonly FilterRule[]): Promise<SideResult> {
  const { process, options, channel, voice, watcher } = side;
  const list = await takeList(channel);
  if (list === undefined) return channel.fatal ?? 'closed';
  watcher?.listed(list.entries);
  watcher?.listSent(list.bytes);
  const receiver = new Receiver(process, options, channel, voice, watcher);
  if (list.entries.length > 0) {
    const destination = await openDestination(process, path, list.entries, options, voice);
    if (typeof destination === 'number') return destination;
    if (!(await receiver.receive(list.entries, destination, rules, list.complete))) return channel.fatal ?? 'closed';
  }
  return await farewell(channel, receiver.outcome);
}

/** The receiving end that only shows the list. */
export async function listSide(
  { channel, watcher }: Side,
  show: (entries: readonly ListEntry[]) => Promise<void>,
): Promise<SideResult> {
  const list = await takeList(channel);
  if (list === undefined) return channel.fatal ?? 'closed';
  watcher?.listed(list.entries);
  await show(list.entries);
  return await farewell(channel, new Outcome());
}

async function farewell(channel: Channel, outcome: Outcome): Promise<SideResult> {
  await channel.send('done', outcome.encode());
  const last = await channel.next();
  if (typeof last === 'string') return channel.fatal ?? 'closed';
  outcome.add(Outcome.decode(last.body));
  return outcome;
}

async function takeList(
  channel: Channel,
): Promise<{ readonly entries: readonly ListEntry[]; readonly complete: boolean; readonly bytes: number } | undefined> {
  const entries: ListEntry[] = [];
  const before = channel.received;
  for (;;) {
    const frame = await channel.next();
    if (typeof frame === 'string') return undefined;
    if (frame.tag === 'list') for (const entry of decodeList(frame.body)) entries.push(entry);
    if (frame.tag === 'listed')
      return { entries, complete: new WireReader(frame.body).number() === 0, bytes: channel.received - before };
  }
}
