/**
 * What sshd's package leaves on a host, and the trust that whoever set up a cluster left between its machines: one key of
 * root's that all of them authorize, and each other's host keys in root's known_hosts. Bare machines trust nobody yet.
 * Host keys are of Ed25519 only. They follow from the seed and are made when somebody first reads them.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { ed25519KeyOf, type Ed25519PrivateKey } from '../../formats/keys/ed25519.ts';
import { openSshPrivateKey } from '../../formats/keys/openssh-private.ts';
import { sshAlgorithm, sshPublicBlob, sshPublicLine } from '../../formats/keys/ssh-public.ts';
import { encodeUtf8 } from '../../protocol/bytes.ts';
import type { Topology, TopologyHost } from '../../protocol/host.ts';
import type { FileView } from '../machine/files/interface.ts';
import { fnv1a32 } from '../sim/hash.ts';

/** A key's file is as long as that of any other of its kind with a comment as long: sshd looks at it, and reads it later. */
const SHAPE: Ed25519PrivateKey = { type: 'ed25519', secret: new Uint8Array(32), point: new Uint8Array(32) };

const SECRET = { mode: 0o600 } as const;
const PUBLIC = { mode: 0o644 } as const;
/** Nobody gathers the host keys of more machines than this. */
const MAX_KNOWN_HOSTS = 250;

/** Keys of one sandbox. */
export class SshKeys {
  readonly #made = new Map<string, Ed25519PrivateKey>();
  constructor(private readonly seed: number) {}

  private(owner: string, comment: string): string {
    return openSshPrivateKey(this.#key(owner), comment, fnv1a32(`ssh/${owner}`, this.seed));
  }
  /** Algorithm, base64 and comment on a line. */
  public(owner: string, comment: string): string {
    const key = this.#key(owner);
    return sshPublicLine({ algorithm: sshAlgorithm(key), blob: sshPublicBlob(key), comment });
  }

  #key(owner: string): Ed25519PrivateKey {
    const known = this.#made.get(owner) ?? ed25519KeyOf(sha256(encodeUtf8(`${String(this.seed)}/ssh/${owner}`)));
    this.#made.set(owner, known);
    return known;
  }
}

/** Writes a host's own keys and, in a cluster, root's. */
export function writeSshFiles(files: FileView, host: TopologyHost, topology: Topology, keys: SshKeys): void {
  const owner = `host/${host.name}`;
  const comment = `root@${host.name}`;
  const sizeBytes = openSshPrivateKey(SHAPE, comment, 0).length;
  files.writeLazily('/etc/ssh/ssh_host_ed25519_key', () => keys.private(owner, comment), { ...SECRET, sizeBytes });
  files.writeLazily('/etc/ssh/ssh_host_ed25519_key.pub', () => `${keys.public(owner, comment)}\n`, PUBLIC);
  const [first] = topology.hosts;
  if (topology.cluster?.nodes !== true || first === undefined) return;
  const administrator = `root@${first.name}`;
  files.writeLazily('/root/.ssh/id_ed25519', () => keys.private('root', administrator), SECRET);
  files.writeLazily('/root/.ssh/id_ed25519.pub', () => `${keys.public('root', administrator)}\n`, PUBLIC);
  files.writeLazily('/root/.ssh/authorized_keys', () => `${keys.public('root', administrator)}\n`, SECRET);
  if (topology.hosts.length > MAX_KNOWN_HOSTS) return;
  const known = (): string =>
    topology.hosts.map(({ name, ip }) => `${name},${ip} ${keys.public(`host/${name}`, '')}\n`).join('');
  files.writeLazily('/root/.ssh/known_hosts', known, SECRET);
}
