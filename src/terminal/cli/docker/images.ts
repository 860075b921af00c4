/** docker images, rmi, history, tag, search and image prune. */
import {
  array,
  each,
  encode,
  filters,
  humanDuration,
  humanSize,
  number,
  shortId,
  text,
  type Context,
  type Verb,
} from './context.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { Fatal } from './fatal.ts';
import { printRows, type Row } from './listing.ts';
import { pruneOf } from './prune.ts';
import { civilText, rfc3339 } from './timestamp.ts';

export const IMAGE_LISTING = {
  type: '*formatter.imageContext',
  headers: {
    ID: 'IMAGE ID',
    Repository: 'REPOSITORY',
    Tag: 'TAG',
    Digest: 'DIGEST',
    CreatedSince: 'CREATED',
    CreatedAt: 'CREATED AT',
    Size: 'SIZE',
    Containers: 'CONTAINERS',
    VirtualSize: 'SIZE',
    SharedSize: 'SHARED SIZE',
    UniqueSize: 'UNIQUE SIZE',
  },
};

async function images(context: Context): Promise<number> {
  const { client, flags, process, io } = context;
  const format = flags.string('format');
  const given = [...flags.list('filter'), ...(flags.args[0] === undefined ? [] : [`reference=${flags.args[0]}`])];
  const list = array(await client.must('GET', `/images/json?filters=${filters(given)}`));
  const withDigests = flags.bool('digests') || /\.Digest\b/.test(format);
  const rows = list.flatMap((image) =>
    imageRows(image, process.time().realtimeUs / 1_000_000, flags.bool('no-trunc'), withDigests),
  );
  if (flags.bool('quiet') && format === '') {
    for (const row of rows) io.line(row.ID);
    return 0;
  }
  const columns = ['Repository', 'Tag', ...(flags.bool('digests') ? ['Digest'] : []), 'ID', 'CreatedSince', 'Size'];
  const raw = `repository: {{.Repository}}\ntag: {{.Tag}}\n${flags.bool('digests') ? 'digest: {{.Digest}}\n' : ''}image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n`;
  printRows(context, format, { ...IMAGE_LISTING, columns, raw }, rows);
  return 0;
}

/** One row for each tag. */
export function imageRows(
  image: JsonObject,
  nowSeconds: number,
  full: boolean,
  withDigests: boolean,
): readonly (Row & { readonly ID: string })[] {
  const tags = (image['RepoTags'] ?? []) as readonly string[];
  const digests = (image['RepoDigests'] ?? []) as readonly string[];
  return (tags.length === 0 ? ['<none>:<none>'] : tags).map((tag) => {
    const repository = tag.slice(0, tag.lastIndexOf(':'));
    const digest = digests.find((item) => item.startsWith(`${repository}@`))?.split('@')[1];
    return {
      ID: full ? text(image, 'Id') : shortId(text(image, 'Id')),
      Repository: repository,
      Tag: tag.slice(tag.lastIndexOf(':') + 1),
      Digest: (withDigests ? digest : undefined) ?? '<none>',
      CreatedSince: `${humanDuration(nowSeconds - number(image, 'Created'))} ago`,
      CreatedAt: civilText(number(image, 'Created')),
      Size: humanSize(number(image, 'Size')),
      // Only `docker system df` counts these.
      Containers: counted(image, 'Containers', String),
      SharedSize: counted(image, 'SharedSize', humanSize),
      UniqueSize: counted(image, 'SharedSize', (shared) => humanSize(number(image, 'Size') - shared, 4)),
      VirtualSize: humanSize(number(image, 'Size'), 4),
    };
  });
}

const rmi: Verb = {
  use: '[OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  args: [1, Infinity],
  flags: ['force', 'no-prune'],
  completes: 'images',
  run: async (context) => {
    const force = context.flags.bool('force');
    try {
      return await each(context, (name) => removeImage(context, name));
    } catch (problem) {
      // Forced, what is not there is told and forgiven.
      if (
        !force ||
        !(problem instanceof Fatal) ||
        !problem.text.split('\n').every((line) => line.includes('No such image'))
      )
        throw problem;
      await context.io.raw(`${problem.text}\n`);
      return 0;
    }
  },
};

async function removeImage({ client, flags }: Context, name: string): Promise<string> {
  const query = flags.bool('force') ? '?force=1' : '';
  const lines = array(await client.must('DELETE', `/images/${encode(name)}${query}`));
  return lines
    .map((line) =>
      text(line, 'Untagged') === '' ? `Deleted: ${text(line, 'Deleted')}` : `Untagged: ${text(line, 'Untagged')}`,
    )
    .join('\n');
}

const counted = (image: JsonObject, name: string, show: (count: number) => string): string =>
  number(image, name) === -1 || image[name] === undefined ? 'N/A' : show(number(image, name));

async function history(context: Context): Promise<number> {
  const { client, flags, process } = context;
  const now = process.time().realtimeUs / 1_000_000;
  const full = flags.bool('no-trunc');
  const human = flags.bool('human');
  const list = array(await client.must('GET', `/images/${encode(flags.args[0] ?? '')}/history`));
  if (flags.bool('quiet')) {
    for (const item of list) context.io.line(full ? text(item, 'Id') : shortId(text(item, 'Id')));
    return 0;
  }
  const cut = (value: string): string => (full || value.length <= 45 ? value : `${value.slice(0, 44)}…`);
  const rows = list.map((item) => {
    const createdAt = rfc3339(number(item, 'Created'));
    return {
      ID: text(item, 'Id') === '<missing>' || full ? text(item, 'Id') : shortId(text(item, 'Id')),
      CreatedAt: createdAt,
      CreatedSince: human ? `${humanDuration(now - number(item, 'Created'))} ago` : createdAt,
      CreatedBy: cut(text(item, 'CreatedBy').replaceAll('\t', ' ')),
      Size: human ? humanSize(number(item, 'Size')) : String(number(item, 'Size')),
      Comment: text(item, 'Comment'),
    };
  });
  const listing = {
    type: '*image.historyContext',
    headers: {
      ID: 'IMAGE',
      CreatedSince: human ? 'CREATED' : 'CREATED AT',
      CreatedAt: 'CREATED AT',
      CreatedBy: 'CREATED BY',
      Size: 'SIZE',
      Comment: 'COMMENT',
    },
    columns: ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'],
  };
  printRows(context, flags.string('format'), listing, rows);
  return 0;
}

const SEARCH_LISTING = {
  type: '*registry.searchContext',
  headers: {
    Name: 'NAME',
    Description: 'DESCRIPTION',
    StarCount: 'STARS',
    IsOfficial: 'OFFICIAL',
    IsAutomated: 'AUTOMATED',
  },
  columns: ['Name', 'Description', 'StarCount', 'IsOfficial'],
};

export const imageVerbs: Readonly<Record<string, Verb>> = {
  images: {
    use: '[OPTIONS] [REPOSITORY[:TAG]]',
    short: 'List images',
    args: [0, 1],
    flags: ['all', 'digests', 'filter', 'format', 'no-trunc', 'quiet'],
    completes: 'images',
    run: images,
  },
  rmi,
  history: {
    use: '[OPTIONS] IMAGE',
    short: 'Show the history of an image',
    args: [1, 1],
    flags: ['format', 'human', 'no-trunc', 'quiet'],
    completes: 'images',
    run: history,
  },
  tag: {
    use: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
    short: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
    args: [2, 2],
    flags: [],
    completes: 'images',
    run: async ({ client, flags }) => {
      const [from = '', to = ''] = flags.args;
      const colon = to.lastIndexOf(':');
      const hasTag = colon > to.lastIndexOf('/');
      await client.must(
        'POST',
        `/images/${encode(from)}/tag?repo=${encodeURIComponent(hasTag ? to.slice(0, colon) : to)}&tag=${encodeURIComponent(hasTag ? to.slice(colon + 1) : '')}`,
      );
      return 0;
    },
  },
  search: {
    use: '[OPTIONS] TERM',
    short: 'Search Docker Hub for images',
    args: [1, 1],
    flags: ['filter', 'limit', 'no-trunc', 'format'],
    run: async (context) => {
      const list = array(
        await context.client.must(
          'GET',
          `/images/search?term=${encodeURIComponent(context.flags.args[0] ?? '')}&limit=${context.flags.string('limit')}&filters=${filters(context.flags.list('filter'))}`,
        ),
      );
      printRows(
        context,
        context.flags.string('format'),
        SEARCH_LISTING,
        list.map((item) => ({
          Name: text(item, 'name'),
          Description: text(item, 'description'),
          StarCount: String(number(item, 'star_count')),
          IsOfficial: item['is_official'] === true ? '[OK]' : '',
          IsAutomated: '',
        })),
      );
      return 0;
    },
  },
  'image prune': {
    use: '[OPTIONS]',
    short: 'Remove unused images',
    args: [0, 0],
    flags: ['all', 'filter', 'force'],
    run: pruneOf(
      'images',
      ({ flags }) =>
        flags.bool('all')
          ? 'This will remove all images without at least one container associated to them.'
          : 'This will remove all dangling images.',
      'ImagesDeleted',
      'Deleted Images',
    ),
  },
};
