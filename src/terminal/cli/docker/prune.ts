/** docker system prune, and what the prune commands of one kind share. */
import type { JsonValue } from '../../../protocol/plain.ts';
import { filters, humanSize, member, number, text, type Context, type Verb } from './context.ts';

/** Asks unless -f; a closed input or anything but y is no, and ends the command without a word. */
export async function confirm(context: Context, warning: string): Promise<boolean> {
  if (context.flags.bool('force')) return true;
  context.io.out(`WARNING! ${warning}\nAre you sure you want to continue? [y/N] `);
  await context.io.flush();
  const answer = await context.process.read(0, 64);
  const said =
    answer instanceof Uint8Array
      ? String.fromCharCode(...answer)
          .trim()
          .toLowerCase()
      : '';
  return said === 'y' || said === 'yes';
}

/** A prune command of one kind of object. */
export function pruneOf(
  path: string,
  warning: (context: Context) => string,
  member_: string,
  title: string,
): Verb['run'] {
  return async (context) => {
    if (!(await confirm(context, warning(context)))) return 0;
    const all = context.flags.bool('all');
    const given = [
      ...context.flags.list('filter'),
      ...(path === 'images' && all ? ['dangling=false'] : []),
      ...(path === 'volumes' && all ? ['all=true'] : []),
    ];
    const done = await context.client.must('POST', `/${path}/prune?filters=${filters(given, '--filter')}`);
    const deleted = ((member(done, member_) ?? []) as readonly JsonValue[]).map((item) =>
      typeof item === 'string'
        ? item
        : text(item, 'Untagged') === ''
          ? `deleted: ${text(item, 'Deleted')}`
          : `untagged: ${text(item, 'Untagged')}`,
    );
    if (deleted.length > 0) context.io.out(`${title}:\n${deleted.join('\n')}\n\n`);
    if (path !== 'networks') context.io.line(`Total reclaimed space: ${humanSize(number(done, 'SpaceReclaimed'), 4)}`);
    return 0;
  };
}

async function systemPrune(context: Context): Promise<number> {
  const all = context.flags.bool('all');
  const agreed = await confirm(
    context,
    `This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n${context.flags.bool('volumes') ? '  - all anonymous volumes not used by at least one container\n' : ''}  - ${all ? 'all images without at least one container associated to them' : 'all dangling images'}\n  - ${all ? 'all build cache' : 'unused build cache'}\n`,
  );
  if (!agreed) return 0;
  let space = 0;
  const steps: readonly (readonly [string, string, string, string])[] = [
    ['containers', 'ContainersDeleted', 'Deleted Containers', ''],
    ['networks', 'NetworksDeleted', 'Deleted Networks', ''],
    ...(context.flags.bool('volumes') ? ([['volumes', 'VolumesDeleted', 'Deleted Volumes', '']] as const) : []),
    ['images', 'ImagesDeleted', 'Deleted Images', all ? 'dangling=false' : ''],
  ];
  for (const [path, name, title, filter] of steps) {
    const done = await context.client.must('POST', `/${path}/prune?filters=${filters(filter === '' ? [] : [filter])}`);
    const deleted = ((member(done, name) ?? []) as readonly JsonValue[]).map((item) =>
      typeof item === 'string'
        ? item
        : text(item, 'Untagged') === ''
          ? `deleted: ${text(item, 'Deleted')}`
          : `untagged: ${text(item, 'Untagged')}`,
    );
    if (deleted.length > 0) context.io.out(`${title}:\n${deleted.join('\n')}\n\n`);
    space += number(done, 'SpaceReclaimed');
  }
  context.io.line(`Total reclaimed space: ${humanSize(space, 4)}`);
  return 0;
}

export const pruneVerbs: Readonly<Record<string, Verb>> = {
  'system prune': {
    use: '[OPTIONS]',
    short: 'Remove unused data',
    args: [0, 0],
    flags: ['all', 'force', 'volumes'],
    run: systemPrune,
  },
};
