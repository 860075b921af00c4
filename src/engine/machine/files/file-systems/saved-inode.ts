import type { FileType } from '../../../../protocol/program.ts';
import type { SavedContent } from '../content/file-content.ts';

/** What differs from the tree, as data. */
export interface SavedInode {
  readonly inode: number;
  readonly type: FileType;
  readonly graftBase: number | undefined;
  readonly parent: number | undefined;
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  readonly times: readonly [accessed: number, modified: number, changed: number];
  readonly rdev: readonly [number, number] | undefined;
  /** Absent: the tree's content. */
  readonly content: SavedContent | undefined;
  /** Names that differ from the tree: a number is an inode, null a removed name. */
  readonly entries: readonly (readonly [string, number | null])[] | undefined;
}
