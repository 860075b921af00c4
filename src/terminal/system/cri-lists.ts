/** crictl ps, pods and images. */
import type { Plain } from '../../protocol/plain.ts';
import type { Process } from '../../protocol/program.ts';
import type { Options } from '../coreutils/command.ts';
import { ask } from './cri-client.ts';
import { fatal, refuse, table } from './cri-command.ts';
import { listedContainer, listedImage, listedSandbox } from './cri-inspect.ts';
import { humanAgo, humanBytes } from './cri-text.ts';
import type { KernelRecord } from './kernel-data.ts';
import { notSimulated, type PlainCall } from './plain-program.ts';

const shortId = (id: string, options: Options): string =>
  options.has('notrunc') ? id : id.replace(/^sha256:/, '').slice(0, 13);
export const STATES: Readonly<Record<string, string>> = {
  created: 'Created',
  running: 'Running',
  paused: 'Running',
  exited: 'Exited',
};

interface Listing {
  readonly verb: string;
  /** Member of -o json. */
  readonly member: string;
  readonly found: readonly KernelRecord[];
  readonly titles: readonly string[];
  readonly row: (each: KernelRecord) => readonly string[];
  readonly json: (each: KernelRecord) => Plain;
}

/** Table, identifiers or JSON. */
async function print(
  call: PlainCall,
  options: Options,
  { verb, member, found, titles, row, json }: Listing,
): Promise<number> {
  const { io } = call;
  const output = options.value('o') ?? 'table';
  if (output === 'yaml' || options.has('v'))
    return await notSimulated(io, `crictl ${verb} -${output === 'yaml' ? 'o yaml' : 'v'}`);
  if (output !== 'json' && output !== 'table') return await fatal(call, `unsupported output format "${output}"`);
  if (options.has('q')) for (const each of found) io.line(each.text('id'));
  else if (output === 'json') io.line(JSON.stringify({ [member]: found.map(json) }, null, 2));
  else table(call, [titles, ...found.map(row)]);
  return await io.end(0);
}

/** `key=value`, all of them. */
function hasLabels(each: KernelRecord, options: Options): boolean {
  const labels = each.record('labels');
  return options.values('label').every((wanted) => {
    const cut = wanted.indexOf('=');
    return labels?.text(wanted.slice(0, cut)) === wanted.slice(cut + 1);
  });
}

/** The youngest first; -l shows one, -n as many. */
function youngest(records: readonly KernelRecord[], options: Options): readonly KernelRecord[] {
  const sorted = records.toSorted((a, b) => b.number('createdUnixUs') - a.number('createdUnixUs'));
  return sorted.slice(0, options.has('l') ? 1 : Number(options.value('n') ?? 'Infinity'));
}

const fits = (pattern: string | undefined, text: string): boolean =>
  pattern === undefined || new RegExp(pattern).test(text);

export async function containers(call: PlainCall, options: Options): Promise<number> {
  const { process } = call;
  const reply = await ask(process, { method: 'containers' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing containers');
  const label = (each: KernelRecord, name: string): string =>
    each.record('labels')?.text(`io.kubernetes.${name}`) ?? '';
  const [id = ''] = options.operands;
  const state = options.value('s')?.toLowerCase();
  const image = options.value('image');
  const names = options.has('r') || image !== undefined ? await imageNames(process) : new Map<string, string>();
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
        (!options.has('namespace') || label(each, 'pod.namespace') === options.value('namespace')) &&
        (image === undefined || nameOf(each).includes(image) || each.text('imageId').includes(image)) &&
        hasLabels(each, options) &&
        each.text('id').startsWith(id),
    );
  return await print(call, options, {
    verb: 'ps',
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
  });
}

/** The first tag of each image, by id. */
export async function imageNames(process: Process): Promise<ReadonlyMap<string, string>> {
  const reply = await ask(process, { method: 'images' });
  const all = reply.type === 'ok' ? reply.record.records('images') : [];
  return new Map(all.map((each) => [each.text('id'), each.texts('repoTags')[0] ?? each.text('id')]));
}

export async function pods(call: PlainCall, options: Options): Promise<number> {
  const { process } = call;
  const reply = await ask(process, { method: 'sandboxes' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing pod sandboxes');
  const state = options.value('s')?.toLowerCase();
  const [id = options.value('id') ?? ''] = options.operands;
  const found = reply.record
    .records('sandboxes')
    .filter(
      (each) =>
        fits(options.value('name'), each.text('name')) &&
        (!options.has('namespace') || each.text('namespace') === options.value('namespace')) &&
        (state === undefined || (each.text('state') === 'ready') === (state === 'ready')) &&
        hasLabels(each, options) &&
        each.text('id').startsWith(id),
    );
  return await print(call, options, {
    verb: 'pods',
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
  });
}

export async function images(call: PlainCall, options: Options): Promise<number> {
  const { io, process } = call;
  const reply = await ask(process, { method: 'images' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing images');
  const output = options.value('o') ?? 'table';
  if (output === 'yaml' || options.has('v'))
    return await notSimulated(io, `crictl images -${output === 'yaml' ? 'o yaml' : 'v'}`);
  const all = reply.record.records('images');
  if (output === 'json') {
    io.line(JSON.stringify({ images: all.map(listedImage) }, null, 2));
    return await io.end(0);
  }
  const rows = all
    .flatMap((image) => tagRows(image, options))
    .toSorted((a, b) => ((a.cells[0] ?? '') < (b.cells[0] ?? '') ? -1 : 1))
    .filter(
      ({ cells }) =>
        options.operands[0] === undefined || cells[0]?.includes(options.operands[0].replace(/:.*$/, '')) === true,
    );
  if (options.has('q')) for (const id of new Set(rows.map((row) => row.id))) io.line(id);
  else
    table(call, [
      ['IMAGE', 'TAG', ...(options.has('digests') ? ['DIGEST'] : []), 'IMAGE ID', 'SIZE'],
      ...rows.map(({ cells }) => cells),
    ]);
  return await io.end(0);
}

/** One row for each tag. */
function tagRows(
  image: KernelRecord,
  options: Options,
): readonly { readonly id: string; readonly cells: readonly string[] }[] {
  const tags = image.texts('repoTags');
  const digest = image.texts('repoDigests')[0]?.split('@')[1] ?? '<none>';
  return (tags.length === 0 ? ['<none>:<none>'] : tags).map((tag) => {
    const at = tag.lastIndexOf(':');
    return {
      id: image.text('id'),
      cells: [
        tag.slice(0, at),
        tag.slice(at + 1),
        ...(options.has('digests') ? [shortId(digest, options)] : []),
        shortId(image.text('id'), options),
        humanBytes(image.number('sizeBytes')),
      ],
    };
  });
}
