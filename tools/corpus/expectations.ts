/**
 * What a kubectl command that changes something has named, as fields to find in the object afterwards.
 * It is written from kubectl's reference, not from Drydock's code, so that both can be wrong in different ways only.
 */
import { parseAllDocuments } from 'yaml';

export interface Expectation {
  /** As one would type it: `pod`, `deploy`. */
  readonly type: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** `gone`, or values by path; a path ends in `[name=x]` where a list is looked up by name. */
  readonly fields: 'gone' | readonly FieldExpectation[];
}
export interface FieldExpectation {
  readonly path: string;
  readonly value: unknown;
}

interface Flags {
  readonly args: readonly string[];
  readonly after: readonly string[];
  readonly one: (...names: readonly string[]) => string | undefined;
  readonly all: (...names: readonly string[]) => readonly string[];
  readonly is: (...names: readonly string[]) => boolean;
}

/** Flags that stand alone; every other takes the next word. */
const ALONE = new Set([
  'rm',
  'it',
  'i',
  't',
  'ti',
  'tty',
  'stdin',
  'expose',
  'command',
  'overwrite',
  'all',
  'A',
  'all-namespaces',
  'force',
  'now',
  'w',
  'watch',
  'quiet',
  'q',
  'R',
  'recursive',
  'dry-run',
  'wait',
  'server-side',
]);

function readFlags(words: readonly string[]): Flags {
  const end = words.indexOf('--');
  const before = end < 0 ? words : words.slice(0, end);
  const found: [string, string][] = [];
  const args: string[] = [];
  for (let at = 0; at < before.length; at += 1) {
    const word = before[at] ?? '';
    const match = /^(--?)([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(word);
    if (match === null || word === '-') args.push(word);
    else if (match[3] !== undefined) found.push([match[2] ?? '', match[3]]);
    else if (ALONE.has(match[2] ?? '')) found.push([match[2] ?? '', 'true']);
    else {
      at += 1;
      found.push([match[2] ?? '', before[at] ?? '']);
    }
  }
  const all = (...names: readonly string[]): readonly string[] =>
    found.filter(([name]) => names.includes(name)).map(([, value]) => value);
  return {
    args,
    after: end < 0 ? [] : words.slice(end + 1),
    one: (...names) => all(...names).at(-1),
    all,
    is: (...names) => all(...names).at(-1) === 'true',
  };
}

/** Files that the command reads and whose documents are to be found in the cluster; `-` is standard input. */
export function filesOf(words: readonly string[]): readonly string[] {
  return ['create', 'apply', 'replace', 'delete'].includes(words[1] ?? '')
    ? readFlags(words.slice(2)).all('f', 'filename')
    : [];
}

export const isDryRun = (words: readonly string[]): boolean => words.some((word) => word.startsWith('--dry-run'));

/** What one simple command's words say about objects; `documents` are what its files held. */
export function expectationsOf(words: readonly string[], documents: readonly string[] = []): readonly Expectation[] {
  if (words[0] !== 'kubectl' || isDryRun(words)) return [];
  const verb = words[1] ?? '';
  const flags = readFlags(words.slice(2));
  const namespace = flags.one('n', 'namespace');
  if (documents.length > 0) return documents.flatMap((text) => fromDocuments(text, namespace, verb === 'delete'));
  const rule = RULES[verb];
  return rule === undefined ? [] : rule(flags).map((expectation) => ({ namespace, ...expectation }));
}

type Rule = (flags: Flags) => readonly Omit<Expectation, 'namespace'>[];

const RULES: Readonly<Record<string, Rule>> = {
  run: expectRun,
  create: expectCreate,
  delete: ({ args, is }) => (is('all') ? [] : targets(args).map((target) => ({ ...target, fields: 'gone' }))),
  scale: ({ args, one }) =>
    targets(args).map((target) => ({ ...target, fields: [{ path: 'spec.replicas', value: Number(one('replicas')) }] })),
  label: ({ args }) => expectMap(args, 'metadata.labels'),
  annotate: ({ args }) => expectMap(args, 'metadata.annotations'),
  expose: expectExpose,
  set: expectSet,
  patch: ({ args, one }) => {
    const patch = one('p', 'patch');
    return patch === undefined || patch.startsWith('[') || (one('type') ?? 'strategic') === 'json'
      ? []
      : targets(args).map((target) => ({ ...target, fields: leaves(JSON.parse(patch)) }));
  },
};

function expectRun(flags: Flags): ReturnType<Rule> {
  const [name = ''] = flags.args;
  if (flags.is('rm')) return [{ type: 'pod', name, fields: 'gone' }];
  const container = `spec.containers[name=${name}]`;
  const fields: FieldExpectation[] = [{ path: `${container}.image`, value: flags.one('image') }];
  const port = flags.one('port');
  if (port !== undefined) fields.push({ path: `${container}.ports.0.containerPort`, value: Number(port) });
  for (const pair of flags.all('env', 'e'))
    fields.push({ path: `${container}.env[name=${keyOf(pair)}].value`, value: valueOf(pair) });
  const restart = flags.one('restart');
  if (restart !== undefined) fields.push({ path: 'spec.restartPolicy', value: restart });
  const labels = flags.one('labels', 'l');
  for (const pair of (labels ?? `run=${name}`).split(','))
    fields.push({ path: `metadata.labels.${escaped(keyOf(pair))}`, value: valueOf(pair) });
  if (flags.after.length > 0)
    fields.push({ path: `${container}.${flags.is('command') ? 'command' : 'args'}`, value: flags.after });
  const pod = { type: 'pod', name, fields };
  return flags.is('expose')
    ? [
        pod,
        {
          type: 'service',
          name,
          fields: [
            { path: 'spec.ports.0.port', value: Number(port) },
            { path: 'spec.selector.run', value: name },
          ],
        },
      ]
    : [pod];
}

function expectCreate(flags: Flags): ReturnType<Rule> {
  const [type = '', ...rest] = flags.args;
  const name = rest.at(-1) ?? '';
  switch (type) {
    case 'deployment':
    case 'deploy': {
      const port = flags.one('port');
      return [
        {
          type,
          name,
          fields: [
            { path: 'spec.template.spec.containers.0.image', value: flags.one('image') },
            { path: 'spec.replicas', value: Number(flags.one('replicas', 'r') ?? '1') },
            { path: 'metadata.labels.app', value: name },
            { path: 'spec.selector.matchLabels.app', value: name },
            ...(port === undefined
              ? []
              : [{ path: 'spec.template.spec.containers.0.ports.0.containerPort', value: Number(port) }]),
          ],
        },
      ];
    }
    case 'job':
      return [{ type, name, fields: [{ path: 'spec.template.spec.containers.0.image', value: flags.one('image') }] }];
    case 'configmap':
    case 'cm':
      return [
        {
          type,
          name,
          fields: flags
            .all('from-literal')
            .map((pair) => ({ path: `data.${escaped(keyOf(pair))}`, value: valueOf(pair) })),
        },
      ];
    case 'secret':
      return [
        {
          type,
          name,
          fields: flags.all('from-literal').map((pair) => ({
            path: `data.${escaped(keyOf(pair))}`,
            value: Buffer.from(valueOf(pair)).toString('base64'),
          })),
        },
      ];
    case 'quota':
    case 'resourcequota':
      return [
        {
          type,
          name,
          fields: (flags.one('hard') ?? '')
            .split(',')
            .map((pair) => ({ path: `spec.hard.${escaped(keyOf(pair))}`, value: valueOf(pair) })),
        },
      ];
    default:
      return name === '' ? [] : [{ type, name, fields: [{ path: 'metadata.name', value: name }] }];
  }
}

function expectExpose(flags: Flags): ReturnType<Rule> {
  const [target] = targets(flags.args);
  if (target === undefined) return [];
  const port = flags.one('port');
  const targetPort = flags.one('target-port') ?? port;
  return [
    {
      type: 'service',
      name: flags.one('name') ?? target.name,
      fields: [
        ...(port === undefined ? [] : [{ path: 'spec.ports.0.port', value: Number(port) }]),
        ...(targetPort === undefined
          ? []
          : [{ path: 'spec.ports.0.targetPort', value: /^\d+$/.test(targetPort) ? Number(targetPort) : targetPort }]),
        { path: 'spec.type', value: flags.one('type') ?? 'ClusterIP' },
      ],
    },
  ];
}

function expectSet({ args }: Flags): ReturnType<Rule> {
  const [what = '', ...rest] = args;
  const pairs = rest.filter((word) => word.includes('='));
  return targets(rest.filter((word) => !word.includes('='))).map((target) => {
    const pod = /^(po|pod|pods)$/.test(target.type) ? 'spec' : 'spec.template.spec';
    const pathOf = (pair: string): string =>
      what === 'image'
        ? `${pod}.containers${keyOf(pair) === '*' ? '.0' : `[name=${keyOf(pair)}]`}.image`
        : `${pod}.containers.0.env[name=${keyOf(pair)}].value`;
    return {
      ...target,
      fields:
        what === 'image' || what === 'env' ? pairs.map((pair) => ({ path: pathOf(pair), value: valueOf(pair) })) : [],
    };
  });
}

function expectMap(args: readonly string[], path: string): ReturnType<Rule> {
  const isChange = (word: string): boolean => /^[\w./-]+=|^[\w./-]+-$/.test(word);
  const first = args.findIndex((word, at) => at > 0 && isChange(word));
  const changes = first < 0 ? [] : args.slice(first);
  const fields = changes.map((word) => ({
    path: `${path}.${escaped(word.includes('=') ? keyOf(word) : word.slice(0, -1))}`,
    value: word.includes('=') ? valueOf(word) : undefined,
  }));
  return targets(first < 0 ? args : args.slice(0, first)).map((target) => ({ ...target, fields }));
}

/** `pod/a pod/b`, or `pod a b`. */
function targets(args: readonly string[]): readonly { readonly type: string; readonly name: string }[] {
  const [first = '', ...names] = args;
  if (first.includes('/'))
    return args
      .filter((word) => word.includes('/'))
      .map((word) => ({ type: keyOf(word, '/'), name: valueOf(word, '/') }));
  return first.includes(',') ? [] : names.map((name) => ({ type: first, name }));
}

const keyOf = (pair: string, at = '='): string => pair.slice(0, pair.includes(at) ? pair.indexOf(at) : undefined);
const valueOf = (pair: string, at = '='): string => pair.slice(pair.indexOf(at) + 1);
const escaped = (key: string): string => key.replaceAll('.', '\\.');

/** Fields that the server owns whatever a manifest says. */
const OWNED = /^(status|metadata\.(creationTimestamp|resourceVersion|uid|selfLink|generation|managedFields))(\.|$)/;

function fromDocuments(text: string, namespace: string | undefined, isDeletion: boolean): readonly Expectation[] {
  return parseAllDocuments(text).flatMap((document) => {
    const value = document.toJS() as {
      kind?: string;
      items?: unknown[];
      metadata?: { name?: string; namespace?: string };
    } | null;
    if (value?.kind === undefined || value.metadata?.name === undefined) return [];
    const fields = leaves(value).filter(({ path }) => !OWNED.test(path));
    return [
      {
        type: value.kind,
        name: value.metadata.name,
        namespace: namespace ?? value.metadata.namespace,
        fields: isDeletion ? 'gone' : fields,
      },
    ];
  });
}

/** Every value that is no object or list, by path; nulls name nothing. */
export function leaves(value: unknown, path = ''): FieldExpectation[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [{ path, value }];
  return Object.entries(value).flatMap(([key, item]) =>
    leaves(item, path === '' ? escaped(key) : `${path}.${escaped(key)}`),
  );
}
