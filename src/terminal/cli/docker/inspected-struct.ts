/**
 * What inspect answers, as the Go struct that the client reads it into: null is an empty list, an empty map or `<nil>`,
 * by the field's type (api/types/container and api/types/network of moby).
 */
import type { JsonValue } from '../../../protocol/plain.ts';
import type { GoStructs } from './go-structs.ts';

const LISTS = new Set(
  (
    'Aliases Binds BlkioDeviceReadBps BlkioDeviceReadIOps BlkioDeviceWriteBps BlkioDeviceWriteIOps BlkioWeightDevice ' +
    'CapAdd CapDrop Cmd DNSNames DeviceCgroupRules DeviceRequests Devices Dns DnsOptions DnsSearch Entrypoint Env ' +
    'ExecIDs ExtraHosts GroupAdd Links MaskedPaths Mounts OnBuild ReadonlyPaths SecondaryIPAddresses ' +
    'SecondaryIPv6Addresses SecurityOpt Shell Ulimits VolumesFrom'
  ).split(' '),
);
const MAPS = new Set(
  'Annotations DriverOpts ExposedPorts Labels Options PortBindings Ports Status StorageOpt Sysctls Tmpfs Volumes'.split(
    ' ',
  ),
);

/** For templates; `json` of any part gives it as it came. */
export function inspectedStruct(source: JsonValue, structs: GoStructs): JsonValue {
  if (Array.isArray(source)) return source.map((item: JsonValue) => inspectedStruct(item, structs));
  if (typeof source !== 'object' || source === null) return source;
  const fields = Object.entries(source).map(([name, field]): [string, JsonValue | undefined] => {
    if (field === undefined) return [name, field];
    if (field !== null) return [name, inspectedStruct(field, structs)];
    if (LISTS.has(name)) return [name, structs.nil([])];
    return [name, MAPS.has(name) ? structs.nil({}) : null];
  });
  return structs.view(source, Object.fromEntries(fields));
}
