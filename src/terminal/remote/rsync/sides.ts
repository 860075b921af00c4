/** The course of a transfer on the end that sends and on the end that receives; client and server run the same. */
import type { Process } from '../../../protocol/program.ts';
import { type Channel, WireReader, WireWriter } from './channel.ts';
import { withOwner } from './chown.ts';
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

const SIDES = [undefined, 'sender', 'receiver'] as const;

export function encodeRules(rules: readonly FilterRule[]): Uint8Array {
  const writer = new WireWriter();
  for (const { include, pattern, side } of rules)
    writer.number((include ? 1 : 0) + 2 * SIDES.indexOf(side)).text(pattern);
  return writer.bytes();
}
export function decodeRules(body: Uint8Array): readonly FilterRule[] {
  const reader = new WireReader(body);
  const rules: FilterRule[] = [];
  while (!reader.ended) {
    const bits = reader.number();
    const side = SIDES[bits >> 1];
    rules.push({ include: (bits & 1) !== 0, pattern: reader.text(), ...(side === undefined ? {} : { side }) });
  }
  return rules;
}

export async function sendSide(
  side: Side,
  paths: readonly string[],
  rules: readonly FilterRule[],
  names?: readonly string[],
): Promise<SideResult> {
  const sender = new Sender(side.process, side.options, side.channel, side.voice, side.watcher);
  await sender.sendList(paths, rules, names);
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
  if (list.entries.length === 0) return await farewell(channel, new Outcome());
  const entries = await withOwner(side, list.entries);
  const destination = await openDestination(process, path, entries, options, voice);
  if (typeof destination === 'number') return destination;
  const receiver = new Receiver(process, options, channel, voice, watcher, destination, rules);
  if (!(await receiver.receive(entries, list.complete))) return channel.fatal ?? 'closed';
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
