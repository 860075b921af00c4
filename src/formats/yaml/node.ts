/** The tree that the parser makes; every node keeps its place for the editor. */
import type { Mark, ScalarStyle } from './tokens.ts';

interface Place {
  readonly start: Mark;
  readonly end: Mark;
  /** Full tag (`tag:yaml.org,2002:str`), or empty. */
  readonly tag: string;
  readonly anchor: string;
}

export interface ScalarNode extends Place {
  readonly kind: 'scalar';
  readonly value: string;
  readonly style: ScalarStyle;
}

export interface SequenceNode extends Place {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
}

export interface MappingEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface MappingNode extends Place {
  readonly kind: 'mapping';
  readonly entries: readonly MappingEntry[];
}

export interface AliasNode extends Place {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;
