/** The list of files that the sender makes and both ends then speak of by number. */
import type { FileType } from '../../../protocol/program.ts';
import { WireReader, WireWriter } from './channel.ts';

export interface ListEntry {
  /** Within the transfer; `.` is the top itself. */
  readonly name: string;
  readonly type: FileType;
  readonly mode: number;
  readonly size: number;
  readonly modifiedMs: number;
  readonly uid: number;
  readonly gid: number;
  /** Of a symbolic link. */
  readonly target: string;
  /** Of a device. */
  readonly rdev: readonly [number, number];
  /** Of a file's content where --checksum asks for it. */
  readonly digest: string;
}

/** An entry and where the sender has it. */
export interface SourceEntry extends ListEntry {
  readonly path: string;
  /** The file system that it is on. */
  readonly device: number;
}

const TYPES: readonly FileType[] = ['file', 'directory', 'symlink', 'char', 'block', 'fifo', 'socket'];
const ENTRIES_PER_FRAME = 100;

/** The list in as many pieces as frames are to carry. */
export function encodeList(entries: readonly ListEntry[]): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < entries.length; at += ENTRIES_PER_FRAME) {
    const writer = new WireWriter();
    for (const entry of entries.slice(at, at + ENTRIES_PER_FRAME)) {
      writer
        .text(entry.name)
        .text(entry.digest)
        .number(entry.mode * TYPES.length + TYPES.indexOf(entry.type));
      writer.number(entry.size).number(entry.modifiedMs).number(entry.uid).number(entry.gid);
      if (entry.type === 'symlink') writer.text(entry.target);
      if (entry.type === 'char' || entry.type === 'block') writer.number(entry.rdev[0]).number(entry.rdev[1]);
    }
    frames.push(writer.bytes());
  }
  return frames;
}

export function decodeList(frame: Uint8Array): readonly ListEntry[] {
  const reader = new WireReader(frame);
  const entries: ListEntry[] = [];
  while (!reader.ended) {
    const name = reader.text();
    const digest = reader.text();
    const kind = reader.number();
    const type = TYPES[kind % TYPES.length] ?? 'file';
    entries.push({
      name,
      digest,
      type,
      mode: Math.floor(kind / TYPES.length),
      size: reader.number(),
      modifiedMs: reader.number(),
      uid: reader.number(),
      gid: reader.number(),
      target: type === 'symlink' ? reader.text() : '',
      rdev: type === 'char' || type === 'block' ? [reader.number(), reader.number()] : [0, 0],
    });
  }
  return entries;
}
