import type { ImageConfig } from './interface.ts';
import type { LayerFile } from './layer-files.ts';

/** One image as `machine/images/` describes it: facts of the real one, files thin. */
export interface ImageDefinition {
  /** Normalised names it can be pulled by: `docker.io/library/nginx:1.27`. */
  readonly references: readonly string[];
  /** RFC 3339, when the real one was built. */
  readonly created: string;
  readonly config: ImageConfig;
  /** From the bottom; instructions without a layer of their own are in between. */
  readonly steps: readonly (LayerStep | EmptyStep)[];
  readonly author?: string;
  readonly dockerVersion?: string;
  /**
   * The image's own command begins without fail on the image's own files, and then waits to be spoken to: until somebody
   * looks, whether its processes are there already makes no difference. Where the most it needs is said, less may stop it.
   */
  readonly rests?: { readonly memoryBytes: number; readonly processes: number };
}

export interface LayerStep {
  readonly createdBy: string;
  /** RFC 3339; the image's own otherwise. */
  readonly created?: string;
  readonly comment?: string;
  readonly layer: LayerDefinition;
}
/** An instruction that changes the configuration only. */
export interface EmptyStep {
  readonly createdBy: string;
  readonly created?: string;
  readonly comment?: string;
}

/** One layer; a base's definition object is shared by the images built on it. */
export interface LayerDefinition {
  /** Stated size unpacked, bytes. */
  readonly sizeBytes: number;
  /** Stated size of the compressed blob, bytes. */
  readonly compressedBytes: number;
  /** Built when somebody first needs the files or their digest. */
  readonly files: () => readonly LayerFile[];
}

/** A layer step in short. */
export function layer(
  createdBy: string,
  sizeBytes: number,
  compressedBytes: number,
  files: () => readonly LayerFile[],
): LayerStep {
  return { createdBy, comment: 'buildkit.dockerfile.v0', layer: { sizeBytes, compressedBytes, files } };
}

export const emptyStep = (createdBy: string): EmptyStep => ({ createdBy, comment: 'buildkit.dockerfile.v0' });
