/**
 * Admission plugin ResourceQuota: refuses what a namespace's quotas do not leave room for and books the rest at once.
 * Leaves out: quotas with scopes, updates that use more than before.
 */
import { type FailureStatus, forbidden } from '../../apimachinery/status.ts';
import type { StringMap } from '../../apimachinery/types.ts';
import type { ResourceQuota } from '../../resources/resourcequota/index.ts';
import { type Usage, amountOf, formatAmount, unstated, usageOf } from '../../resources/resourcequota/usage.ts';
import type { Entry } from '../../etcd/store.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../core.ts';
import type { Registry } from '../registry.ts';
import { asApiObject } from '../selection.ts';
import type { Storage } from '../storage.ts';
import { asPod } from '../subresources.ts';

export class ResourceQuotaAdmission implements AdmissionPlugin {
  readonly name = 'ResourceQuota';
  constructor(
    private readonly registry: Registry,
    private readonly storage: Storage,
  ) {}

  validate(request: AdmissionRequest): FailureStatus | undefined {
    const { info, operation, subresource, namespace, name, object, dryRun } = request;
    if (operation !== 'CREATE' || subresource !== '' || !info.namespaced || info.plural === 'events') return undefined;
    const entries = this.#quotas(namespace);
    if (entries.length === 0) return undefined;
    const usage = usageOf(info.groupResource, asApiObject(object));
    const booked: (() => void)[] = [];
    for (const entry of entries) {
      const quota = quotaIn(entry);
      const { hard = {}, used = {} } = quota.status ?? {};
      const names = Object.keys(hard)
        .filter((one) => usage[one] !== undefined)
        .toSorted();
      if (names.length === 0) continue;
      const problem =
        (info.groupResource === 'pods' ? mustSpecify(request, quota, names) : undefined) ??
        unknownUsage(quota, names) ??
        exceeded(quota, names, usage);
      if (problem !== undefined) return forbidden(info.plural, name, info.group, problem);
      booked.push(() => {
        this.#book(entry, names, usage, used);
      });
    }
    if (!dryRun) for (const book of booked) book();
    return undefined;
  }

  #quotas(namespace: string): readonly Entry[] {
    const info = this.registry.find('resourcequotas');
    const store = this.storage.store();
    const range = info === undefined || 'kind' in store ? undefined : store.range(`${info.prefix}${namespace}/`);
    return range === undefined || 'error' in range ? [] : range.entries;
  }

  #book(entry: Entry, names: readonly string[], usage: Usage, used: StringMap): void {
    const info = this.registry.find('resourcequotas');
    if (info === undefined || names.every((name) => usage[name] === 0)) return;
    const added = Object.fromEntries(names.map((name) => [name, sum(name, used, usage)]));
    const status = { ...quotaIn(entry).status, used: { ...used, ...added } };
    this.storage.replace(info, entry, { ...entry.value, status });
  }
}

/** The store holds only objects that passed their kind's schema. */
const quotaIn = ({ value }: Entry): ResourceQuota => value as unknown as ResourceQuota;

const sum = (name: string, used: StringMap, usage: Usage): string =>
  formatAmount(name, amountOf(name, used[name]) + (usage[name] ?? 0));

function mustSpecify({ object }: AdmissionRequest, quota: ResourceQuota, names: readonly string[]): string | undefined {
  const missing = unstated(asPod(object).spec, names);
  if (missing.size === 0) return undefined;
  const parts = [...missing].map(([name, containers]) => `${name} for: ${containers.join(',')}`);
  return `failed quota: ${quota.metadata.name}: must specify ${parts.join('; ')}`;
}

function unknownUsage({ metadata, status }: ResourceQuota, names: readonly string[]): string | undefined {
  return names.every((name) => status?.used?.[name] !== undefined)
    ? undefined
    : `status unknown for quota: ${metadata.name}, resources: ${names.join(',')}`;
}

function exceeded({ metadata, status }: ResourceQuota, names: readonly string[], usage: Usage): string | undefined {
  const { hard = {}, used = {} } = status ?? {};
  const over = names.filter((name) => {
    const more = usage[name] ?? 0;
    return more > 0 && amountOf(name, used[name]) + more > amountOf(name, hard[name]);
  });
  if (over.length === 0) return undefined;
  const list = (amount: (name: string) => string): string => over.map((name) => `${name}=${amount(name)}`).join(',');
  const requested = list((name) => formatAmount(name, usage[name] ?? 0));
  return `exceeded quota: ${metadata.name}, requested: ${requested}, used: ${list((name) => used[name] ?? '')}, limited: ${list((name) => hard[name] ?? '')}`;
}
