/** crictl ps and pods. */
import type { Plain } from '../../../protocol/plain.ts';
import type { Options } from '../../coreutils/command.ts';
import { ask, type CriEndpoint } from './cri-client.ts';
import { fatal, refuse, table, type CrictlCall } from './cri-command.ts';
import { listedContainer, listedSandbox, mapLines } from './cri-inspect.ts';
import { printMessage } from './cri-output.ts';
import { humanAgo } from './cri-text.ts';
import type { KernelRecord } from '../kernel/kernel-data.ts';

export const shortId = (id: string, options: Options): string =>
  options.has('notrunc') ? id : id.replace(/^sha256:/, '').slice(0, 13);
export const STATES: Readonly<Record<string, string>> = {
  created: 'Created',
  running: 'Running',
  paused: 'Running',
  exited: 'Exited',
};

interface Listing {
  /** Member of -o json. */
  readonly member: string;
  readonly found: readonly KernelRecord[];
  readonly titles: readonly string[];
  readonly row: (each: KernelRecord) => readonly string[];
  readonly json: (each: KernelRecord) => Plain;
  /** Lines of -v. */
  readonly verbose: (each: KernelRecord) => readonly string[];
}

/** Table, identifiers, paragraphs, JSON or YAML. */
async function print(call: CrictlCall, options: Options, listing: Listing): Promise<number> {
  const { member, found, titles, row, json, verbose } = listing;
  const { io } = call;
  const output = options.value('o') ?? 'table';
  if (output === 'json' || output === 'yaml') return await printMessage(call, output, { [member]: found.map(json) });
  if (output !== 'table')
    return await fatal(
      call,
      `listing ${member === 'items' ? 'pod sandboxes' : member}: unsupported output format ${JSON.stringify(output)}`,
    );
  if (options.has('q')) for (const each of found) io.line(each.text('id'));
  else if (options.has('v')) for (const each of found) for (const line of [...verbose(each), '']) io.line(line);
  else table(call, [titles, ...found.map(row)]);
  return await io.end(0);
}

/** What is wrong with the filters, before anything is asked. */
function filterProblem(options: Options, states: readonly string[], whose: string): string | undefined {
  const label = options.values('label').find((each) => each.split('=').length !== 2);
  if (label !== undefined) return `incorrectly specified label: ${label}`;
  const pattern = [options.value('name'), options.value('namespace')].find(
    (each) => each !== undefined && compilePattern(each) === undefined,
  );
  if (pattern !== undefined) return `listing ${whose}: invalid regular expression ${JSON.stringify(pattern)}`;
  const state = options.value('s');
  if (state === undefined || states.includes(state.toLowerCase())) return undefined;
  const last = states.at(-1) ?? '';
  return `listing ${whose}: --state should be${states.length > 2 ? ' one of' : ''} ${states.slice(0, -1).join(', ')} or ${last}`;
}

/** `key=value`, all of them. */
function hasLabels(each: KernelRecord, options: Options): boolean {
  const labels = each.record('labels');
  return options.values('label').every((wanted) => {
    const [key = '', value] = wanted.split('=');
    return labels?.text(key) === value;
  });
}

/** The youngest first; -l shows one, -n as many. */
function youngest(records: readonly KernelRecord[], options: Options): readonly KernelRecord[] {
  const sorted = records.toSorted((a, b) => b.number('createdUnixUs') - a.number('createdUnixUs'));
  return sorted.slice(0, options.has('l') ? 1 : Number(options.value('n') ?? 'Infinity'));
}

/** A regular expression of the command line; undefined where it is none. */
export function compilePattern(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

const fits = (pattern: string | undefined, text: string): boolean =>
  pattern === undefined || compilePattern(pattern)?.test(text) === true;

export async function containers(call: CrictlCall, options: Options): Promise<number> {
  const { process } = call;
  const problem = filterProblem(options, ['created', 'running', 'exited', 'unknown'], 'containers: list containers');
  if (problem !== undefined) return await fatal(call, problem);
  const reply = await ask(call, { method: 'containers' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing containers');
  const label = (each: KernelRecord, name: string): string =>
    each.record('labels')?.text(`io.kubernetes.${name}`) ?? '';
  const [id = ''] = options.operands;
  const state = options.value('s')?.toLowerCase();
  const image = options.value('image');
  const names = options.has('r') || image !== undefined ? await imageNames(call) : new Map<string, string>();
  const nameOf = (each: KernelRecord): string => names.get(each.text('imageId')) ?? each.text('imageId');
  const found = reply.record
    .records('containers')
    .filter(
      (each) =>
        (options.has('a') ||
          options.has('n') ||
          options.has('l') ||
          state !== undefined ||
          each.text('state') === 'running') &&
        (state === undefined || (STATES[each.text('state')] ?? '').toLowerCase() === state) &&
        fits(options.value('name'), each.text('name')) &&
        each.text('sandboxId').startsWith(options.value('p') ?? '') &&
        fits(options.value('namespace'), label(each, 'pod.namespace')) &&
        (image === undefined || nameOf(each).includes(image) || each.text('imageId').includes(image)) &&
        hasLabels(each, options) &&
        each.text('id').startsWith(id),
    );
  return await print(call, options, {
    member: 'containers',
    found: youngest(found, options),
    titles: ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
    row: (each) => [
      shortId(each.text('id'), options),
      options.has('r') ? nameOf(each) : shortId(each.text('imageId'), options),
      humanAgo(process.time().realtimeUs - each.number('createdUnixUs')),
      STATES[each.text('state')] ?? each.text('state'),
      each.text('name'),
      String(each.number('attempt')),
      shortId(each.text('sandboxId'), options),
      label(each, 'pod.name'),
      label(each, 'pod.namespace'),
    ],
    json: listedContainer,
    verbose: (each) => [
      `ID: ${each.text('id')}`,
      `PodID: ${each.text('sandboxId')}`,
      `Namespace: ${label(each, 'pod.namespace')}`,
      `Name: ${each.text('name')}`,
      `Attempt: ${String(each.number('attempt'))}`,
      `State: ${STATES[each.text('state')] ?? each.text('state')}`,
      `Image: ${each.text('imageId')}`,
      `Created: ${humanAgo(process.time().realtimeUs - each.number('createdUnixUs'))}`,
      ...mapLines('Labels:', each.record('labels')),
      ...mapLines('Annotations:', each.record('annotations')),
    ],
  });
}

/** The first tag of each image, by id. */
export async function imageNames(call: CriEndpoint): Promise<ReadonlyMap<string, string>> {
  const reply = await ask(call, { method: 'images' });
  const all = reply.type === 'ok' ? reply.record.records('images') : [];
  return new Map(all.map((each) => [each.text('id'), each.texts('repoTags')[0] ?? each.text('id')]));
}

export async function pods(call: CrictlCall, options: Options): Promise<number> {
  const { process } = call;
  const problem = filterProblem(options, ['ready', 'notready'], 'pod sandboxes: list pod sandboxes');
  if (problem !== undefined) return await fatal(call, problem);
  const reply = await ask(call, { method: 'sandboxes' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing pod sandboxes');
  const state = options.value('s')?.toLowerCase();
  const [id = options.value('id') ?? ''] = options.operands;
  const found = reply.record
    .records('sandboxes')
    .filter(
      (each) =>
        fits(options.value('name'), each.text('name')) &&
        fits(options.value('namespace'), each.text('namespace')) &&
        (state === undefined || (each.text('state') === 'ready') === (state === 'ready')) &&
        hasLabels(each, options) &&
        each.text('id').startsWith(id),
    );
  return await print(call, options, {
    member: 'items',
    found: youngest(found, options),
    titles: ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
    row: (each) => [
      shortId(each.text('id'), options),
      humanAgo(process.time().realtimeUs - each.number('createdUnixUs')),
      each.text('state') === 'ready' ? 'Ready' : 'NotReady',
      each.text('name'),
      each.text('namespace'),
      String(each.number('attempt')),
      '(default)',
    ],
    json: listedSandbox,
    verbose: (each) => [
      `ID: ${each.text('id')}`,
      `Name: ${each.text('name')}`,
      `UID: ${each.text('uid')}`,
      `Namespace: ${each.text('namespace')}`,
      ...(each.number('attempt') === 0 ? [] : [`Attempt: ${String(each.number('attempt'))}`]),
      `Status: ${each.text('state') === 'ready' ? 'Ready' : 'NotReady'}`,
      `Created: ${humanAgo(process.time().realtimeUs - each.number('createdUnixUs'))}`,
      ...mapLines('Labels:', each.record('labels')),
      ...mapLines('Annotations:', each.record('annotations')),
      'Runtime: (default)',
    ],
  });
}
