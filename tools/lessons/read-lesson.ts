/** lesson.yaml as data, checked: every mistake is reported with its file and line. */
import { LineCounter, parseDocument, isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import type {
  Ask,
  Check,
  HistoryPattern,
  Judgement,
  Lesson,
  PictureName,
  Step,
  StepCheck,
} from '../../src/lessons/interface.ts';
import type { Fault } from '../../src/protocol/simulation.ts';

export type LessonData = Omit<Lesson, 'title' | 'files' | 'setup'>;

export class LessonError extends Error {}

const PICTURES: readonly PictureName[] = ['cluster', 'docker'];
const LESSON_KEYS = ['id', 'world', 'seed', 'host', 'teaches', 'requires', 'minutes', 'points', 'faults', 'steps'];
const STEP_KEYS = ['id', 'picture', 'ask', 'checks', 'never', 'feedback', 'hints', 'cost'];
const JUDGEMENTS = ['is', 'not', 'in', 'contains', 'atLeast', 'atMost', 'exists'];
const CHECK_FORMS = ['k8s', 'http', 'file', 'docker', 'history', 'answer'];

export function readLesson(
  file: string,
  text: string,
  folder: { readonly id: string; readonly number: number; readonly module: string },
): LessonData {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const reader = new Reader(file, lines);
  for (const error of document.errors)
    throw new LessonError(`${file}:${String(error.linePos?.[0].line ?? 1)}: ${error.message.split('\n')[0] ?? ''}`);
  const root = reader.map(document.contents, 'a lesson');
  reader.onlyKeys(root, LESSON_KEYS);
  const id = reader.text(root, 'id');
  if (id !== folder.id) reader.fail(root, `id is ${id}, the folder says ${folder.id}`);
  return {
    ...folder,
    world: reader.text(root, 'world'),
    seed: reader.number(root, 'seed'),
    host: reader.text(root, 'host'),
    teaches: reader.texts(root, 'teaches'),
    requires: reader.texts(root, 'requires'),
    minutes: reader.number(root, 'minutes'),
    points: reader.number(root, 'points'),
    faults: reader.list(root, 'faults').map((node) => ({ at: 'start', fault: reader.plain(node) as Fault })),
    steps: reader.list(root, 'steps').map((node) => reader.text(reader.map(node, 'a step'), 'id')),
    stepData: reader.list(root, 'steps').map((node) => stepOf(reader, reader.map(node, 'a step'))),
  };
}

function stepOf(reader: Reader, map: YAMLMap): Step {
  reader.onlyKeys(map, STEP_KEYS);
  const picture = reader.text(map, 'picture');
  if (!PICTURES.includes(picture as PictureName))
    reader.fail(map, `picture is ${picture}; there are ${PICTURES.join(', ')}`);
  const hints = reader.texts(map, 'hints');
  const cost = reader.list(map, 'cost').map((node) => reader.plain(node) as number);
  if (cost.length !== hints.length) reader.fail(map, `${String(hints.length)} hints and ${String(cost.length)} costs`);
  const ask = map.get('ask', true);
  return {
    id: reader.text(map, 'id'),
    picture: picture as PictureName,
    ...(ask === undefined ? {} : { ask: askOf(reader, reader.map(ask, 'ask')) }),
    checks: reader.list(map, 'checks').map((node) => stepCheckOf(reader, reader.map(node, 'a check'))),
    never: reader.list(map, 'never').map((node) => reader.plain(node) as HistoryPattern),
    feedback: reader.list(map, 'feedback').map((node) => {
      const entry = reader.map(node, 'feedback');
      reader.onlyKeys(entry, ['when', 'say']);
      return { when: checkOf(reader, reader.map(entry.get('when', true), 'when')), say: reader.text(entry, 'say') };
    }),
    hints: hints.map((id, index) => ({ id, cost: cost[index] ?? 0 })),
  };
}

function askOf(reader: Reader, map: YAMLMap): Ask {
  reader.onlyKeys(map, ['key', 'options', 'answer', 'first']);
  const ask = {
    key: reader.text(map, 'key'),
    options: reader.texts(map, 'options'),
    answer: reader.text(map, 'answer'),
    first: map.get('first') === true,
  };
  if (!ask.options.includes(ask.answer)) reader.fail(map, `the answer ${ask.answer} is not among the options`);
  return ask;
}

function stepCheckOf(reader: Reader, map: YAMLMap): StepCheck {
  if (!map.has('says')) return checkOf(reader, map);
  const says = reader.text(map, 'says');
  map.delete('says');
  return { ...checkOf(reader, map), says };
}

function checkOf(reader: Reader, map: YAMLMap): Check {
  const plain = reader.plain(map) as Record<string, unknown>;
  const forms = CHECK_FORMS.filter((form) => form in plain);
  if (forms.length !== 1) reader.fail(map, `a check has exactly one of ${CHECK_FORMS.join(', ')}`);
  const allow = (...keys: readonly string[]): void => {
    reader.onlyKeys(map, keys);
  };
  switch (forms[0]) {
    case 'k8s': {
      const [resource = '', name] = String(plain['k8s']).split('/');
      const namespace = String(plain['namespace'] ?? 'default');
      const path = String(plain['path'] ?? '');
      if (name !== undefined) {
        allow('k8s', 'namespace', 'path', ...JUDGEMENTS);
        return { type: 'object', resource, namespace, name, path, judge: judgementOf(reader, map, plain) };
      }
      allow('k8s', 'namespace', 'selector', 'each', 'path', 'where', 'count');
      const where =
        plain['where'] === undefined ? undefined : judgementOf(reader, map, plain['where'] as Record<string, unknown>);
      const count = plain['count'];
      const judge: Judgement =
        typeof count === 'number' ? { is: count } : judgementOf(reader, map, (count ?? {}) as Record<string, unknown>);
      return {
        type: 'count',
        resource,
        namespace,
        selector: String(plain['selector'] ?? ''),
        each: plain['each'] as string | undefined,
        path,
        where,
        judge,
      };
    }
    case 'http': {
      allow('http', 'status');
      const { from, to } = plain['http'] as { from: string; to: string };
      return { type: 'http', from, to, status: Number(plain['status']) };
    }
    case 'file':
      allow('file', 'host', 'json', ...JUDGEMENTS);
      return {
        type: 'file',
        host: String(plain['host']),
        path: String(plain['file']),
        json: plain['json'] as string | undefined,
        judge: judgementOf(reader, map, plain),
      };
    case 'docker': {
      allow('docker', 'host', 'path', ...JUDGEMENTS);
      return {
        type: 'container',
        host: String(plain['host']),
        name: String(plain['docker']),
        path: String(plain['path'] ?? ''),
        judge: judgementOf(reader, map, plain),
      };
    }
    case 'history':
      allow('history');
      return { type: 'history', events: plain['history'] as HistoryPattern[] };
    default:
      allow('answer', ...JUDGEMENTS);
      return { type: 'answer', key: String(plain['answer']), judge: judgementOf(reader, map, plain) };
  }
}

function judgementOf(reader: Reader, node: Node, plain: Record<string, unknown>): Judgement {
  const names = JUDGEMENTS.filter((name) => name in plain);
  const [name = ''] = names;
  if (names.length !== 1) reader.fail(node, `exactly one of ${JUDGEMENTS.join(', ')} says what is expected`);
  return { [name]: plain[name] } as unknown as Judgement;
}

class Reader {
  constructor(
    private readonly file: string,
    private readonly lines: LineCounter,
  ) {}

  fail(node: Node | null | undefined, message: string): never {
    const at = node?.range?.[0];
    throw new LessonError(`${this.file}:${String(at === undefined ? 1 : this.lines.linePos(at).line)}: ${message}`);
  }
  map(node: unknown, what: string): YAMLMap {
    if (!isMap(node)) this.fail(node as Node, `${what} has to be a map`);
    return node;
  }
  onlyKeys(map: YAMLMap, allowed: readonly string[]): void {
    for (const { key } of map.items) {
      if (isScalar(key) && !allowed.includes(String(key.value)))
        this.fail(key, `unknown key ${String(key.value)}; there are ${allowed.join(', ')}`);
    }
  }
  text(map: YAMLMap, key: string): string {
    const value = map.get(key);
    if (typeof value !== 'string') this.fail(map, `${key} has to be a text`);
    return value;
  }
  number(map: YAMLMap, key: string): number {
    const value = map.get(key);
    if (typeof value !== 'number') this.fail(map, `${key} has to be a number`);
    return value;
  }
  list(map: YAMLMap, key: string): readonly Node[] {
    const value = map.get(key, true);
    if (value === undefined) return [];
    if (!isSeq(value)) this.fail(map, `${key} has to be a list`);
    return (value as unknown as { items: Node[] }).items;
  }
  texts(map: YAMLMap, key: string): readonly string[] {
    return this.list(map, key).map((node) => {
      if (!isScalar(node) || typeof node.value !== 'string') this.fail(node, `${key} holds texts`);
      return (node as unknown as { value: string }).value;
    });
  }
  plain(node: unknown): unknown {
    return (node as { toJSON(): unknown }).toJSON();
  }
}
