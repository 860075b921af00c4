/** Makes JSON values of nodes as sigs.k8s.io/yaml's YAMLToJSON does: aliases, merges, keys that become strings. */
import type { Json } from '../json.ts';
import { formatGoFloat } from '../go-number.ts';
import type { MappingNode, ScalarNode, YamlNode } from './node.ts';
import { resolvePlain, type Resolved } from './resolve.ts';
import { YamlProblem } from './tokens.ts';

const CORE = 'tag:yaml.org,2002:';
/** Aliases may multiply a text; beyond this many nodes it is refused. */
const MAX_NODES = 1_000_000;

export interface Construction {
  readonly value: Json;
  /** Texts such as `line 4: key "x" already set in map`, one per repeated key. */
  readonly duplicates: readonly string[];
}

/** Throws YamlProblem for what has no JSON form. */
export function construct(node: YamlNode): Construction {
  const builder = new Builder();
  const value = builder.build(node);
  return { value, duplicates: builder.duplicates };
}

class Builder {
  readonly duplicates: string[] = [];
  private nodes = 0;

  build(node: YamlNode): Json {
    this.nodes += 1;
    if (this.nodes > MAX_NODES) throw new YamlProblem('document contains excessive aliasing', node.start, 0);
    switch (node.kind) {
      case 'alias':
        return this.build(node.target);
      case 'scalar':
        return scalarValue(node);
      case 'sequence':
        return node.items.map((item) => this.build(item));
      case 'mapping':
        // In the order in which Go writes the keys of a map.
        return Object.fromEntries([...this.entries(node)].sort(([a], [b]) => (a < b ? -1 : 1)));
    }
  }

  private entries(node: MappingNode): Map<string, Json> {
    const out = new Map<string, Json>();
    for (const { key, value } of node.entries) {
      if (isMerge(key)) {
        for (const [name, item] of this.merged(value)) out.set(name, item);
        continue;
      }
      const name = keyText(key, value);
      if (out.has(name)) {
        this.duplicates.push(`line ${String(key.start.line + 1)}: key ${JSON.stringify(name)} already set in map`);
      }
      out.set(name, this.build(value));
    }
    return out;
  }

  private merged(node: YamlNode): Map<string, Json> {
    const target = node.kind === 'alias' ? node.target : node;
    if (target.kind === 'mapping') return this.entries(target);
    const out = new Map<string, Json>();
    const items = node.kind === 'sequence' ? node.items : undefined;
    const maps = items?.map((item) => (item.kind === 'alias' ? item.target : item));
    if (maps === undefined) throw new YamlProblem(MERGE_PROBLEM, node.start, 0);
    // The first map of the list wins.
    for (const map of maps.toReversed()) {
      if (map.kind !== 'mapping') throw new YamlProblem(MERGE_PROBLEM, node.start, 0);
      for (const [name, item] of this.entries(map)) out.set(name, item);
    }
    return out;
  }
}

const MERGE_PROBLEM = 'map merge requires map or sequence of maps as the value';

function isMerge(node: YamlNode): boolean {
  return (
    node.kind === 'scalar' &&
    node.value === '<<' &&
    (node.tag === `${CORE}merge` || (node.style === 'plain' && node.tag === ''))
  );
}

function resolveScalar(node: ScalarNode): Resolved {
  if (node.tag === '') return node.style === 'plain' ? resolvePlain(node.value) : { type: 'str' };
  if (!node.tag.startsWith(CORE)) return { type: 'str' };
  const want = node.tag.slice(CORE.length);
  if (!RESOLVABLE.has(want)) return { type: 'str' };
  if (want === 'str' || want === 'binary') return { type: 'str' };
  const found = resolvePlain(node.value);
  if (want === 'float' && found.type === 'int') return { type: 'float', value: Number(found.value) };
  if (found.type !== want) {
    throw new YamlProblem(`cannot decode !!${found.type} \`${node.value}\` as a !!${want}`, node.start, 0);
  }
  return found;
}

const RESOLVABLE = new Set(['str', 'bool', 'int', 'float', 'null', 'timestamp', 'binary', 'merge']);

function scalarValue(node: ScalarNode): Json {
  if (node.tag === `${CORE}binary`) return decodeBinary(node);
  const resolved = resolveScalar(node);
  switch (resolved.type) {
    case 'null':
      return null;
    case 'bool':
      return resolved.value;
    case 'int':
      return Number(resolved.value);
    case 'float': {
      if (Number.isFinite(resolved.value)) return resolved.value;
      const name = Number.isNaN(resolved.value) ? 'NaN' : resolved.value > 0 ? '+Inf' : '-Inf';
      throw new ConversionProblem(`json: unsupported value: ${name}`, node);
    }
    case 'merge':
    case 'timestamp':
    case 'str':
      return node.value;
  }
}

/** Problems of the step from YAML to JSON, which Go reports without the `yaml: ` in front. */
export class ConversionProblem extends YamlProblem {
  constructor(problem: string, node: YamlNode) {
    super(problem, node.start, 0);
  }
}

function decodeBinary(node: ScalarNode): string {
  const text = node.value.replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new YamlProblem('!!binary value contains invalid base64 data', node.start, 0);
  }
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = 0;
  let buffer = 0;
  let escaped = '';
  for (const char of text.replace(/=+$/, '')) {
    buffer = (buffer << 6) | alphabet.indexOf(char);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    escaped += `%${((buffer >> bits) & 0xff).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return '\ufffd';
  }
}

function keyText(key: YamlNode, value: YamlNode): string {
  if (key.kind === 'alias') return keyText(key.target, value);
  if (key.kind !== 'scalar') throw new YamlProblem(`invalid map key: ${describeGo(key)}`, key.start, 0);
  const resolved = resolveScalar(key);
  switch (resolved.type) {
    case 'int':
      if (resolved.value > MAX_INT64) {
        throw new ConversionProblem(unsupportedKey('uint64', `0x${resolved.value.toString(16)}`, value), key);
      }
      return String(resolved.value);
    case 'bool':
      return String(resolved.value);
    case 'float':
      if (resolved.value === Infinity) return '.inf';
      if (resolved.value === -Infinity) return '-.inf';
      return Number.isNaN(resolved.value) ? '.nan' : formatGoFloat(Math.fround(resolved.value));
    case 'null':
      throw new ConversionProblem(unsupportedKey('%!s(<nil>)', '<nil>', value), key);
    default:
      return key.value;
  }
}

const MAX_INT64 = (1n << 63n) - 1n;

function unsupportedKey(type: string, key: string, value: YamlNode): string {
  return `unsupported map key of type: ${type}, key: ${key}, value: ${describeGo(value)}`;
}

/** A value as Go's %#v shows it; enough of it for the messages above. */
function describeGo(node: YamlNode): string {
  switch (node.kind) {
    case 'alias':
      return describeGo(node.target);
    case 'sequence':
      return `[]interface {}{${node.items.map(describeGo).join(', ')}}`;
    case 'mapping': {
      const items = node.entries.map(({ key, value }) => {
        const text = describeGo(value);
        return `${describeGo(key)}:${text === '<nil>' ? 'interface {}(nil)' : text}`;
      });
      return `map[interface {}]interface {}{${items.join(', ')}}`;
    }
    case 'scalar': {
      const resolved = resolveScalar(node);
      if (resolved.type === 'null') return '<nil>';
      if (resolved.type === 'bool' || resolved.type === 'int' || resolved.type === 'float')
        return String(resolved.value);
      return JSON.stringify(node.value);
    }
  }
}
