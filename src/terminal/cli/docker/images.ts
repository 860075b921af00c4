/** docker images, rmi, history, tag, search and image prune. */
import {
  array,
  each,
  encode,
  filters,
  humanDuration,
  humanSize,
  number,
  printRows,
  shortId,
  text,
  type Context,
  type Verb,
} from './context.ts';
import { pruneOf } from './prune.ts';

async function images(context: Context): Promise<number> {
  const { client, flags, process, io } = context;
  const given = [...flags.list('filter'), ...(flags.args[0] === undefined ? [] : [`reference=${flags.args[0]}`])];
  const list = array(await client.must('GET', `/images/json?filters=${filters(given)}`));
  const full = flags.bool('no-trunc');
  const now = process.time().realtimeUs / 1_000_000;
  const rows = list.flatMap((image) => {
    const tags = (image['RepoTags'] ?? []) as readonly string[];
    const digests = (image['RepoDigests'] ?? []) as readonly string[];
    const id = full ? text(image, 'Id') : shortId(text(image, 'Id'));
    return (tags.length === 0 ? ['<none>:<none>'] : tags).map((tag) => {
      const repository = tag.slice(0, tag.lastIndexOf(':'));
      const digest = digests.find((item) => item.startsWith(`${repository}@`))?.split('@')[1] ?? '<none>';
      return {
        ID: id,
        Repository: repository,
        Tag: tag.slice(tag.lastIndexOf(':') + 1),
        Digest: digest,
        CreatedSince: `${humanDuration(now - number(image, 'Created'))} ago`,
        Size: humanSize(number(image, 'Size')),
      };
    });
  });
  if (flags.bool('quiet') && flags.string('format') === '') {
    for (const row of rows) io.line(row.ID);
    return 0;
  }
  printRows(
    context,
    flags.string('format'),
    {
      ID: 'IMAGE ID',
      Repository: 'REPOSITORY',
      Tag: 'TAG',
      Digest: 'DIGEST',
      CreatedSince: 'CREATED',
      CreatedAt: 'CREATED AT',
      Size: 'SIZE',
    },
    ['Repository', 'Tag', ...(flags.bool('digests') ? ['Digest'] : []), 'ID', 'CreatedSince', 'Size'],
    rows,
  );
  return 0;
}

const rmi: Verb = {
  use: '[OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  args: [1, Infinity],
  flags: ['force', 'no-prune'],
  completes: 'images',
  run: (context) =>
    each(context, async (name) => {
      const lines = array(
        await context.client.must('DELETE', `/images/${encode(name)}${context.flags.bool('force') ? '?force=1' : ''}`),
      );
      return lines
        .map((line) =>
          text(line, 'Untagged') === '' ? `Deleted: ${text(line, 'Deleted')}` : `Untagged: ${text(line, 'Untagged')}`,
        )
        .join('\n');
    }),
};

async function history(context: Context): Promise<number> {
  const { client, flags, process } = context;
  const now = process.time().realtimeUs / 1_000_000;
  const full = flags.bool('no-trunc');
  const list = array(await client.must('GET', `/images/${encode(flags.args[0] ?? '')}/history`));
  if (flags.bool('quiet')) {
    for (const item of list) context.io.line(full ? text(item, 'Id') : shortId(text(item, 'Id')));
    return 0;
  }
  const cut = (value: string): string => (full || value.length <= 45 ? value : `${value.slice(0, 44)}…`);
  const rows = list.map((item) => ({
    ID: text(item, 'Id') === '<missing>' ? '<missing>' : full ? text(item, 'Id') : shortId(text(item, 'Id')),
    CreatedSince: `${humanDuration(now - number(item, 'Created'))} ago`,
    CreatedBy: cut(text(item, 'CreatedBy').replace(/\s+/g, ' ')),
    Size: humanSize(number(item, 'Size')),
    Comment: text(item, 'Comment'),
  }));
  printRows(
    context,
    flags.string('format'),
    { ID: 'IMAGE', CreatedSince: 'CREATED', CreatedBy: 'CREATED BY', Size: 'SIZE', Comment: 'COMMENT' },
    ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'],
    rows,
  );
  return 0;
}

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
    flags: ['limit', 'no-trunc', 'format'],
    run: async (context) => {
      const list = array(
        await context.client.must('GET', `/images/search?term=${encodeURIComponent(context.flags.args[0] ?? '')}`),
      );
      printRows(
        context,
        context.flags.string('format'),
        { Name: 'NAME', Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
        ['Name', 'Description', 'StarCount', 'IsOfficial'],
        list.map((item) => ({
          Name: text(item, 'name'),
          Description: text(item, 'description'),
          StarCount: String(number(item, 'star_count')),
          IsOfficial: item['is_official'] === true ? '[OK]' : '',
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
