/**
 * Images that exist on one host alone: committed, loaded or imported there. They are data, so that a snapshot holds them;
 * layers of the catalogue are named by their diff id.
 */
import type { Image, Layer } from './image.ts';
import type { ImageDefinition, LayerDefinition } from './image-definition.ts';
import type { ImageConfig } from './image-interface.ts';
import type { LayerFile } from './layer-files.ts';

export type LocalLayer = { readonly diffId: string } | { readonly files: readonly LayerFile[] };

export interface LocalStep {
  readonly createdBy: string;
  /** RFC 3339. */
  readonly created: string;
  readonly comment?: string;
  /** Absent: the instruction changed the configuration only. */
  readonly layer?: LocalLayer;
}

export interface LocalImage {
  /** RFC 3339. */
  readonly created: string;
  readonly author?: string;
  readonly config: ImageConfig;
  readonly steps: readonly LocalStep[];
}

/** The steps of an image of the catalogue, for another image to be built upon. */
export const stepsOf = ({ definition, layers }: Image): readonly LocalStep[] =>
  definition.steps.map((step) => {
    const { createdBy, comment, created = definition.created } = step;
    const layer = 'layer' in step ? layers.find((one) => one.definition === step.layer) : undefined;
    return {
      createdBy,
      created,
      ...(comment === undefined ? {} : { comment }),
      ...(layer === undefined ? {} : { layer: { diffId: layer.record.diffId } }),
    };
  });

/** Definitions of local images; the same files are the same layer. */
export class LocalDefinitions {
  readonly #layers = new Map<readonly LayerFile[], LayerDefinition>();

  /** @param find layers of the catalogue */
  constructor(private readonly find: (diffId: string) => Layer | undefined) {}

  /** What an image of the catalogue would say of itself; undefined where one of its layers is nowhere. */
  definitionOf({ created, author, config, steps }: LocalImage): ImageDefinition | undefined {
    const defined: ImageDefinition['steps'][number][] = [];
    for (const { layer, ...step } of steps) {
      const definition = layer === undefined ? undefined : this.#layerOf(layer);
      if (layer !== undefined && definition === undefined) return undefined;
      defined.push(definition === undefined ? step : { ...step, layer: definition });
    }
    return { references: [], created, config, steps: defined, ...(author === undefined ? {} : { author }) };
  }

  #layerOf(layer: LocalLayer): LayerDefinition | undefined {
    if ('diffId' in layer) return this.find(layer.diffId)?.definition;
    const { files } = layer;
    const known = this.#layers.get(files) ?? definitionOfFiles(files);
    this.#layers.set(files, known);
    return known;
  }
}

function definitionOfFiles(files: readonly LayerFile[]): LayerDefinition {
  const sizeBytes = files.reduce(
    (sum, file) => sum + (file.type === 'file' ? (file.bytes?.length ?? file.text?.length ?? 0) : 0),
    0,
  );
  return { sizeBytes, compressedBytes: sizeBytes, files: () => files };
}
