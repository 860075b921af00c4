/**
 * IPAM plugin host-local: one file per address under /var/lib/cni/networks/<network>, as the real one keeps them.
 * Models: round robin after the last reserved address, the gateway left out, release by container. Leaves out: several ranges.
 */
import { broadcastOf, formatIpv4, parseIpv4, type Cidr } from '../../../formats/ip.ts';
import { failed } from '../../../protocol/errno.ts';
import type { FileView } from '../../machine/files/interface.ts';

const DATA_DIR = '/var/lib/cni/networks';
const LAST = 'last_reserved_ip.0';

/** The next free address of a subnet for a container, or the plugin's words for a full one. */
export function allocate(
  files: FileView,
  network: string,
  subnet: Cidr,
  gateway: number,
  containerId: string,
  interfaceName: string,
): { readonly ip: string } | { readonly error: string } {
  const dir = `${DATA_DIR}/${network}`;
  files.mkdirp(dir);
  const first = subnet.network + 1;
  const last = broadcastOf(subnet) - 1;
  const text = files.readText(`${dir}/${LAST}`);
  const before = failed(text) ? undefined : parseIpv4(text.trim());
  let ip = before === undefined || before < first || before >= last ? first : before + 1;
  for (let tries = first; tries <= last; tries += 1) {
    const name = formatIpv4(ip);
    if (ip !== gateway && !files.exists(`${dir}/${name}`)) {
      files.write(`${dir}/${name}`, `${containerId}\r\n${interfaceName}`);
      files.write(`${dir}/${LAST}`, name);
      return { ip: name };
    }
    ip = ip >= last ? first : ip + 1;
  }
  return {
    error: `failed to allocate for range 0: no IP addresses available in range set: ${formatIpv4(first)}-${formatIpv4(last)}`,
  };
}

/** Gives back what a container has; `known` saves the search where its address is still known. */
export function release(files: FileView, network: string, containerId: string, known?: string): void {
  const dir = `${DATA_DIR}/${network}`;
  const holds = (name: string): boolean => {
    const text = files.readText(`${dir}/${name}`);
    return !failed(text) && text.startsWith(containerId);
  };
  if (known !== undefined && holds(known)) {
    files.remove(`${dir}/${known}`);
    return;
  }
  const entries = files.list(dir);
  if (failed(entries)) return;
  for (const { name } of entries) if (parseIpv4(name) !== undefined && holds(name)) files.remove(`${dir}/${name}`);
}
