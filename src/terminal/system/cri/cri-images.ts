/** crictl images. */
import type { Options } from '../../coreutils/command.ts';
import { ask } from './cri-client.ts';
import { fatal, isNamed, refuse, table, type CrictlCall } from './cri-command.ts';
import { listedImage } from './cri-inspect.ts';
import { compilePattern, shortId } from './cri-lists.ts';
import { printMessage } from './cri-output.ts';
import { humanBytes } from './cri-text.ts';
import type { KernelRecord } from '../kernel/kernel-data.ts';
import { notSimulated } from '../plain-program.ts';

export async function images(call: CrictlCall, options: Options): Promise<number> {
  const { io } = call;
  const reply = await ask(call, { method: 'images' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing images');
  const [wanted] = options.operands;
  let found: readonly KernelRecord[] = reply.record
    .records('images')
    .filter((image) => wanted === undefined || isNamed(image, wanted))
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const filter of options.values('f')) {
    if (/^(before|since)=/.test(filter)) return await notSimulated(io, `crictl images --filter ${filter}`);
    const kept = filtered(found, filter);
    if (typeof kept === 'string') return await fatal(call, `listing images: ${kept}`);
    found = kept;
  }
  const output = options.value('o');
  if (output === 'json' || output === 'yaml')
    return await printMessage(call, output, { images: found.map(listedImage) });
  if (options.has('q')) for (const image of found) io.line(image.text('id'));
  else if (options.has('v')) for (const image of found) for (const line of paragraph(image)) io.line(line);
  else
    table(call, [
      [
        'IMAGE',
        'TAG',
        ...(options.has('digests') ? ['DIGEST'] : []),
        'IMAGE ID',
        'SIZE',
        ...(options.has('pinned') ? ['PINNED'] : []),
      ],
      ...found.flatMap((image) => tagRows(image, options)),
    ]);
  return await io.end(0);
}

const nameOf = (image: KernelRecord): string =>
  image.texts('repoTags')[0] ?? image.texts('repoDigests')[0] ?? image.text('id');

/** Those that `-f` leaves; a text says what is wrong with it. */
function filtered(images: readonly KernelRecord[], filter: string): readonly KernelRecord[] | string {
  const cut = filter.indexOf('=');
  if (cut < 0) return `incorrectly specified filter: ${filter}`;
  const [key, value] = [filter.slice(0, cut), filter.slice(cut + 1)];
  switch (key) {
    case 'dangling':
      return images.filter((image) => (image.texts('repoTags').length === 0) === (value === 'true'));
    case 'reference': {
      const pattern = compilePattern(value);
      if (pattern === undefined) return `invalid regular expression ${JSON.stringify(value)}`;
      return images.filter((image) => image.texts('repoTags').some((tag) => pattern.test(tag)));
    }
    default:
      return `invalid filter: ${filter}`;
  }
}

const paragraph = (image: KernelRecord): readonly string[] => [
  `ID: ${image.text('id')}`,
  ...image.texts('repoTags').map((tag) => `RepoTags: ${tag}`),
  ...image.texts('repoDigests').map((digest) => `RepoDigests: ${digest}`),
  `Size: ${String(image.number('sizeBytes'))}`,
  ...(image.text('user') === '' ? [] : [`Username: ${image.text('user')}`]),
  ...(image.flag('pinned') ? ['Pinned: true'] : []),
  '',
];

/** One row for each tag. */
function tagRows(image: KernelRecord, options: Options): readonly (readonly string[])[] {
  const tags = image.texts('repoTags');
  const digest = image.texts('repoDigests')[0]?.split('@')[1] ?? '<none>';
  return (tags.length === 0 ? ['<none>:<none>'] : tags).map((tag) => {
    const at = tag.lastIndexOf(':');
    return [
      tag.slice(0, at),
      tag.slice(at + 1),
      ...(options.has('digests') ? [shortId(digest, options)] : []),
      shortId(image.text('id'), options),
      humanBytes(image.number('sizeBytes')),
      ...(options.has('pinned') ? [String(image.flag('pinned'))] : []),
    ];
  });
}
