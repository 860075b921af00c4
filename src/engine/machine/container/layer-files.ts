import { executableText } from '../../../protocol/program.ts';
import type { FileTreeEntry } from '../files/interface.ts';

/** A file of an image layer. */
export type LayerFile = FileTreeEntry;

type Ownership = { readonly uid?: number; readonly gid?: number; readonly mode?: number };

export const file = (path: string, text: string, owner: Ownership = {}): LayerFile => ({
  type: 'file',
  path,
  text,
  ...owner,
});
export const directory = (path: string, owner: Ownership = {}): LayerFile => ({ type: 'directory', path, ...owner });
export const link = (path: string, target: string): LayerFile => ({ type: 'symlink', path, target });

/** An executable of the program table. */
export const executable = (path: string, programId: string, owner: Ownership = {}): LayerFile => ({
  type: 'file',
  path,
  text: executableText(programId),
  mode: 0o755,
  ...owner,
});

/** An executable script. */
export const script = (path: string, text: string): LayerFile => ({ type: 'file', path, text, mode: 0o755 });
