/**
 * Fields of a HostConfig that `inspect` shows and nothing acts on. The answer to `create` warns of each that is given, as
 * the daemon does of what its kernel lacks.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { object } from '../json-fields.ts';

/** With the values, besides none, that describe what happens anyway. */
const STORED_ONLY: Readonly<Record<string, readonly JsonValue[]>> = {
  Annotations: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceWriteIOps: [],
  BlkioWeight: [],
  BlkioWeightDevice: [],
  CgroupnsMode: ['private'],
  CpuCount: [],
  CpuPercent: [],
  CpuRealtimePeriod: [],
  CpuRealtimeRuntime: [],
  CpusetMems: [],
  DeviceCgroupRules: [],
  DeviceRequests: [],
  Devices: [],
  DnsOptions: [],
  DnsSearch: [],
  IOMaximumBandwidth: [],
  IOMaximumIOps: [],
  Init: [],
  Isolation: ['default'],
  Links: [],
  MaskedPaths: [],
  MemoryReservation: [],
  MemorySwap: [-1],
  MemorySwappiness: [-1],
  OomKillDisable: [],
  OomScoreAdj: [],
  ReadonlyPaths: [],
  Runtime: ['runc', 'io.containerd.runc.v2'],
  ShmSize: [67_108_864],
  StorageOpt: [],
  Ulimits: [],
  UsernsMode: ['host'],
  VolumeDriver: ['local'],
};

/** One text for each, in the order in which they were given. */
export function storedOnlyWarnings(body: JsonObject): readonly string[] {
  return Object.entries(object(body, 'HostConfig'))
    .filter(([name, value]) => STORED_ONLY[name]?.includes(value) === false && !isNone(value))
    .map(([name]) => `drydock: HostConfig.${name} is stored, nothing acts on it yet`);
}

/** Go's zero values, which clients send for what nobody asked for. */
function isNone(value: JsonValue): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === 0 || value === '';
}
