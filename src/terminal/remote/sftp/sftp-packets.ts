/** The packets of SFTP version 3 (draft-ietf-secsh-filexfer-02), as OpenSSH speaks it. */
import { TYPE_BITS, typeOfMode } from '../../../protocol/file-type.ts';
import { concatBytes } from '../../../protocol/bytes.ts';
import { failed, type ErrnoName } from '../../../protocol/errno.ts';
import type { Fd, FileStat, FileType, Process } from '../../../protocol/program.ts';
import { SshReader, SshWriter } from '../../../formats/keys/ssh-wire.ts';

export const SFTP_VERSION = 3;
/** Bytes of a file in one packet. */
export const SFTP_CHUNK = 32_768;

export const FXP = {
  init: 1,
  version: 2,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  setstat: 9,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  rmdir: 15,
  realpath: 16,
  stat: 17,
  rename: 18,
  readlink: 19,
  symlink: 20,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attrs: 105,
  extended: 200,
} as const;

export const FX = { ok: 0, eof: 1, noSuchFile: 2, permissionDenied: 3, failure: 4, unsupported: 8 } as const;

/** Flags of `open`. */
export const OPEN = { read: 1, write: 2, create: 8, truncate: 16 } as const;

/** The status that stands for an errno. */
export function statusOf(errno: ErrnoName): number {
  switch (errno) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EBADF':
    case 'ELOOP':
      return FX.noSuchFile;
    case 'EPERM':
    case 'EACCES':
      return FX.permissionDenied;
    case 'ENOSYS':
      return FX.unsupported;
    default:
      return FX.failure;
  }
}
/** What a client makes of a status: `EIO` is SFTP's unexplained failure. */
export function errnoOfStatus(status: number): ErrnoName {
  if (status === FX.noSuchFile) return 'ENOENT';
  if (status === FX.permissionDenied) return 'EACCES';
  return status === FX.unsupported ? 'EOPNOTSUPP' : 'EIO';
}

/** Attributes that a packet sets; what is absent stays. */
export interface SftpAttributes {
  readonly size?: number;
  readonly owner?: readonly [uid: number, gid: number];
  readonly mode?: number;
  readonly type?: FileType;
  /** Seconds. */
  readonly times?: readonly [accessed: number, modified: number];
}
const FLAG = { size: 1, owner: 2, mode: 4, times: 8 };
export function writeAttributes(writer: SshWriter, { size, owner, mode, type, times }: SftpAttributes): SshWriter {
  const flags =
    (size === undefined ? 0 : FLAG.size) |
    (owner === undefined ? 0 : FLAG.owner) |
    (mode === undefined ? 0 : FLAG.mode) |
    (times === undefined ? 0 : FLAG.times);
  writer.uint32(flags);
  if (size !== undefined) writer.uint64(size);
  if (owner !== undefined) writer.uint32(owner[0]).uint32(owner[1]);
  if (mode !== undefined) writer.uint32(mode | (type === undefined ? 0 : TYPE_BITS[type]));
  if (times !== undefined) writer.uint32(times[0]).uint32(times[1]);
  return writer;
}

export function readAttributes(reader: SshReader): SftpAttributes {
  const flags = reader.uint32();
  const size = (flags & FLAG.size) === 0 ? undefined : reader.uint64();
  const owner = (flags & FLAG.owner) === 0 ? undefined : ([reader.uint32(), reader.uint32()] as const);
  const bits = (flags & FLAG.mode) === 0 ? undefined : reader.uint32();
  const times = (flags & FLAG.times) === 0 ? undefined : ([reader.uint32(), reader.uint32()] as const);
  const type = bits === undefined ? undefined : typeOfMode(bits);
  return {
    ...(size === undefined ? {} : { size }),
    ...(owner === undefined ? {} : { owner }),
    ...(bits === undefined ? {} : { mode: bits & 0o7777 }),
    ...(type === undefined ? {} : { type }),
    ...(times === undefined ? {} : { times }),
  };
}

export const attributesOf = (stat: FileStat): SftpAttributes => ({
  size: stat.size,
  owner: [stat.uid, stat.gid],
  mode: stat.mode,
  type: stat.type,
  times: [Math.floor(stat.accessedMs / 1_000), Math.floor(stat.modifiedMs / 1_000)],
});

/** A packet with its length before it. */
export const packet = (type: number, body: SshWriter): Uint8Array =>
  new SshWriter().string(concatBytes([Uint8Array.of(type), body.bytes()])).bytes();

/** Packets that come in by a descriptor. */
export class PacketReader {
  #held: Uint8Array[] = [];
  #size = 0;
  constructor(
    private readonly process: Process,
    private readonly fd: Fd,
  ) {}

  /** The next one, type first; undefined at the end. */
  async next(): Promise<SshReader | undefined> {
    for (;;) {
      const whole = this.#size >= 4 ? this.#take() : undefined;
      if (whole !== undefined) return new SshReader(whole);
      const bytes = await this.process.read(this.fd, 65_536);
      if (failed(bytes) || bytes.length === 0) return undefined;
      this.#held.push(bytes);
      this.#size += bytes.length;
    }
  }

  #take(): Uint8Array | undefined {
    const bytes = concatBytes(this.#held);
    this.#held = [bytes];
    const length = new SshReader(bytes).uint32();
    if (bytes.length < 4 + length) return undefined;
    this.#held = [bytes.subarray(4 + length)];
    this.#size -= 4 + length;
    return bytes.subarray(4, 4 + length);
  }
}
