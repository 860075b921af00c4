/** What cp's options ask for. */
import { chooseArgument, type Choice } from '../argument-choice.ts';
import { type Invocation, usageError } from '../command.ts';
import type { Sparse } from './copy-data.ts';

export type Attribute = 'mode' | 'ownership' | 'timestamps' | 'links';

export interface CopySettings {
  readonly recursive: boolean;
  /** Which symbolic links are followed. */
  readonly follow: 'all' | 'operands' | 'none';
  readonly preserve: ReadonlySet<Attribute>;
  /** The copy gets the mode of a new file (--no-preserve=mode). */
  readonly freshMode: boolean;
  /** What becomes of a destination that is there. */
  readonly existing: 'replace' | 'keep' | 'ask' | 'replace-older';
  readonly force: boolean;
  readonly removeDestination: boolean;
  readonly attributesOnly: boolean;
  /** Of special files the content, not the file. */
  readonly contents: boolean;
  readonly oneFileSystem: boolean;
  readonly make: 'copy' | 'link' | 'symlink' | 'clone';
  readonly sparse: Sparse;
  /** How it tells what it does: as cp or, between file systems, as mv. */
  readonly tells: 'nothing' | 'copies' | 'moves';
}

const ALL: readonly Attribute[] = ['mode', 'ownership', 'timestamps', 'links'];
const USUAL: readonly Attribute[] = ['mode', 'ownership', 'timestamps'];

/** What mv needs where it cannot rename. */
export const MOVE_SETTINGS: CopySettings = {
  recursive: true,
  follow: 'none',
  preserve: new Set(ALL),
  freshMode: false,
  existing: 'replace',
  force: false,
  removeDestination: true,
  attributesOnly: false,
  contents: false,
  oneFileSystem: false,
  make: 'copy',
  sparse: 'auto',
  tells: 'nothing',
};

/** The settings, or the status after a complaint. */
export async function readCopySettings(call: Invocation): Promise<CopySettings | number> {
  const { options, flavour } = call;
  const preserved = await readPreserved(call);
  if (typeof preserved === 'number') return preserved;
  const existing = await readExisting(call);
  if (existing === undefined) return 1;
  const sparse = await readSparse(call);
  if (sparse === undefined) return 1;
  const reflink = await readReflink(call);
  if (reflink === undefined) return 1;
  const contradiction = contradictionIn(call, { existing, reflink, sparse });
  if (contradiction !== undefined) return await usageError(call, contradiction);
  const recursive = ['a', 'r', 'R'].some((letter) => options.has(letter));
  return {
    recursive,
    follow: readFollow(call, recursive),
    ...preserved,
    existing,
    force: options.has('f'),
    removeDestination: options.has('remove-destination'),
    attributesOnly: options.has('attributes-only'),
    contents: options.has('copy-contents'),
    oneFileSystem: options.has('x'),
    make: options.has('l') ? 'link' : options.has('s') ? 'symlink' : reflink === 'always' ? 'clone' : 'copy',
    // busybox knows nothing of holes.
    sparse: flavour === 'busybox' ? 'never' : sparse,
    tells: options.has('v') ? 'copies' : 'nothing',
  };
}

function readFollow({ options }: Invocation, recursive: boolean): CopySettings['follow'] {
  const last = options.order.findLast(([letter]) => 'adHLP'.includes(letter))?.[0];
  if (last === 'L') return 'all';
  if (last === 'H') return 'operands';
  return last !== undefined || (recursive && !options.has('l')) ? 'none' : 'all';
}

const ATTRIBUTES: readonly Choice<Attribute | 'context' | 'xattr' | 'all'>[] = [
  ['mode', 'mode'],
  ['timestamps', 'timestamps'],
  ['ownership', 'ownership'],
  ['links', 'links'],
  ['context', 'context'],
  ['xattr', 'xattr'],
  ['all', 'all'],
];

async function readPreserved(call: Invocation): Promise<Pick<CopySettings, 'preserve' | 'freshMode'> | number> {
  const preserve = new Set<Attribute>();
  let freshMode = false;
  for (const [option, value] of call.options.order) {
    if (option === 'p') for (const each of USUAL) preserve.add(each);
    if (option === 'a') for (const each of ALL) preserve.add(each);
    if (option === 'd') preserve.add('links');
    if (option !== 'preserve' && option !== 'no-preserve') continue;
    const on = option === 'preserve';
    const words = on && value === '' ? USUAL : value.split(',');
    for (const word of words) {
      const attribute = await chooseArgument(call, `--${option}`, word, ATTRIBUTES);
      if (attribute === undefined) return 1;
      if (on && attribute === 'context') {
        await call.io.warn('cannot preserve security context without an SELinux-enabled kernel');
        return 1;
      }
      if (attribute === 'context' || attribute === 'xattr') continue;
      for (const each of attribute === 'all' ? ALL : [attribute])
        if (on) preserve.add(each);
        else preserve.delete(each);
      if (attribute === 'mode' || attribute === 'all') freshMode = !on;
    }
  }
  return { preserve, freshMode };
}

const UPDATES: readonly Choice<CopySettings['existing']>[] = [
  ['replace', 'all'],
  ['keep', 'none'],
  ['replace-older', 'older'],
];

/** Of -i, -n and -u, which cp and mv share, the last one counts; undefined after a complaint. */
export async function readExisting(call: Invocation): Promise<CopySettings['existing'] | undefined> {
  let existing: CopySettings['existing'] = 'replace';
  for (const [option, value] of call.options.order) {
    if (option === 'i') existing = 'ask';
    else if (option === 'n') existing = 'keep';
    else if (option === 'u' && value === '') existing = 'replace-older';
    else if (option === 'u') {
      const update = await chooseArgument(call, '--update', value, UPDATES);
      if (update === undefined) return undefined;
      existing = update;
    } else if (option === 'f' && call.io.name === 'mv') existing = 'replace';
  }
  return existing;
}

const SPARSE: readonly Choice<Sparse>[] = [
  ['never', 'never'],
  ['auto', 'auto'],
  ['always', 'always'],
];

async function readSparse(call: Invocation): Promise<Sparse | undefined> {
  const given = call.options.value('sparse');
  return given === undefined ? 'auto' : await chooseArgument(call, '--sparse', given, SPARSE);
}

const REFLINKS: readonly Choice<Sparse>[] = [
  ['auto', 'auto'],
  ['always', 'always'],
  ['never', 'never'],
];

async function readReflink(call: Invocation): Promise<Sparse | undefined> {
  const given = call.options.value('reflink');
  return given === undefined ? 'auto' : await chooseArgument(call, '--reflink', given || 'always', REFLINKS);
}

function contradictionIn(
  { options }: Invocation,
  { existing, reflink, sparse }: { readonly existing: string; readonly reflink: Sparse; readonly sparse: Sparse },
): string | undefined {
  if (options.has('l') && options.has('s')) return 'cannot make both hard and symbolic links';
  if (existing === 'keep' && (options.has('b') || options.has('backup')))
    return 'options --backup and --no-clobber are mutually exclusive';
  if (reflink === 'always' && sparse !== 'auto') return '--reflink can be used only with --sparse=auto';
  return undefined;
}
