/**
 * YAML as kubectl and the API server read and write it (sigs.k8s.io/yaml over go-yaml v2).
 * Positions are kept, so that an editor can mark what is wrong.
 */
import type { Json } from './json.ts';
import { construct, ConversionProblem } from './yaml/construct.ts';
import type { YamlNode } from './yaml/node.ts';
import { parseNode } from './yaml/parser.ts';
import { YamlProblem, type Mark } from './yaml/tokens.ts';

export type { AliasNode, MappingEntry, MappingNode, ScalarNode, SequenceNode, YamlNode } from './yaml/node.ts';
export type { Mark } from './yaml/tokens.ts';
export { stringifyYaml } from './yaml/emit.ts';
export { compareYamlKeys } from './yaml/key-order.ts';
export { splitYamlDocuments, type YamlChunk } from './yaml/documents.ts';

export interface YamlError {
  /** Go's text without the leading `error converting YAML to JSON: `, for example `yaml: line 3: did not find expected key`. */
  readonly message: string;
  /** The true place of the problem, lines from 0. */
  readonly mark: Mark;
}

export type YamlResult =
  | {
      readonly ok: true;
      readonly value: Json;
      readonly node: YamlNode | undefined;
      readonly duplicates: readonly string[];
    }
  | { readonly ok: false; readonly error: YamlError };

/**
 * Reads one document as YAMLToJSON does; an empty text is null.
 * `strict` turns repeated keys into the error of YAMLToJSONStrict; otherwise the last one wins and `duplicates` names them.
 */
export function parseYaml(text: string, options: { readonly strict?: boolean } = {}): YamlResult {
  try {
    const node = parseNode(text);
    if (node === undefined) return { ok: true, value: null, node, duplicates: [] };
    const { value, duplicates } = construct(node);
    if (options.strict === true && duplicates.length > 0) {
      const message = `yaml: unmarshal errors:\n${duplicates.map((line) => `  ${line}`).join('\n')}`;
      return { ok: false, error: { message, mark: node.start } };
    }
    return { ok: true, value, node, duplicates };
  } catch (problem) {
    if (!(problem instanceof YamlProblem)) throw problem;
    const prefix = problem instanceof ConversionProblem ? '' : 'yaml: ';
    return { ok: false, error: { message: prefix + problem.message, mark: problem.mark } };
  }
}

/** The tree of one document, for an editor; undefined for an empty one. */
export function parseYamlNode(text: string): { readonly node?: YamlNode | undefined; readonly error?: YamlError } {
  const result = parseYaml(text);
  return result.ok ? { node: result.node } : { error: result.error };
}
