/**
 * Descriptions of ResourceQuotas, LimitRanges, PodDisruptionBudgets, PriorityClasses and StorageClasses.
 * Facts: kubectl pkg/describe describe.go.
 */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Context } from '../context.ts';
import { fieldAt, mapAt, nameOf, objectAt, objectsAt, sortedEntries, textAt, textsAt } from '../fields.ts';
import { describeEvents } from './events.ts';
import { joined, Page } from './page.ts';
import { selectorText } from './pod-template.ts';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export function describeQuota(_context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  const scopes = textsAt(object, 'spec', 'scopes');
  if (scopes.length > 0) page.line(0, 'Scopes:', scopes.toSorted().join(', '));
  page.line(0, 'Resource', 'Used', 'Hard');
  page.line(0, '--------', '----', '----');
  const used = mapAt(object, 'status', 'used');
  for (const [name, hard] of sortedEntries(mapAt(object, 'status', 'hard')))
    page.line(0, name, used[name] ?? '0', hard);
  return Promise.resolve(page.text());
}

export function describeLimitRange(_context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  limitTable(page, 0, [object]);
  return Promise.resolve(page.text());
}

/** What ranges limit, one line for each resource of each type. */
export function limitTable(page: Page, level: number, ranges: readonly JsonObject[]): void {
  const titles = ['Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio'];
  page.line(level, ...titles);
  page.line(level, ...titles.map((title) => '-'.repeat(title.length)));
  for (const range of ranges)
    for (const item of objectsAt(range, 'spec', 'limits')) {
      const members = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'];
      const names = new Set(members.flatMap((member) => Object.keys(mapAt(item, member))));
      for (const name of [...names].sort())
        page.line(level, textAt(item, 'type'), name, ...members.map((member) => mapAt(item, member)[name] ?? '-'));
    }
}

export async function describeDisruptionBudget(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  page.optional(0, 'Min available', textAt(object, 'spec', 'minAvailable'));
  page.optional(0, 'Max unavailable', textAt(object, 'spec', 'maxUnavailable'));
  const selector = objectAt(object, 'spec', 'selector');
  page.line(0, 'Selector:', Object.keys(selector).length === 0 ? '<unset>' : selectorText(selector));
  page.line(0, 'Status:');
  page.line(2, 'Allowed disruptions:', textAt(object, 'status', 'disruptionsAllowed'));
  page.line(2, 'Current:', textAt(object, 'status', 'currentHealthy'));
  page.line(2, 'Desired:', textAt(object, 'status', 'desiredHealthy'));
  page.line(2, 'Total:', textAt(object, 'status', 'expectedPods'));
  await describeEvents(context, page, object);
  return page.text();
}

export async function describePriorityClass(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Value:', textAt(object, 'value'));
  page.line(0, 'GlobalDefault:', fieldAt(object, 'globalDefault') === true ? 'true' : 'false');
  page.line(0, 'PreemptionPolicy:', textAt(object, 'preemptionPolicy'));
  page.line(0, 'Description:', textAt(object, 'description'));
  page.annotations(0, 'Annotations', mapAt(object, 'metadata', 'annotations'));
  await describeEvents(context, page, object);
  return page.text();
}

export async function describeStorageClass(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'IsDefaultClass:', mapAt(object, 'metadata', 'annotations')[DEFAULT_CLASS] === 'true' ? 'Yes' : 'No');
  page.annotations(0, 'Annotations', mapAt(object, 'metadata', 'annotations'));
  page.line(0, 'Provisioner:', textAt(object, 'provisioner'));
  const parameters = sortedEntries(mapAt(object, 'parameters')).map(([key, value]) => `${key}=${value}`);
  page.line(0, 'Parameters:', joined(parameters, ','));
  const expansion = fieldAt(object, 'allowVolumeExpansion');
  page.line(0, 'AllowVolumeExpansion:', expansion === undefined ? '<unset>' : expansion === true ? 'True' : 'False');
  const options = textsAt(object, 'mountOptions');
  page.line(0, 'MountOptions:', ...(options.length === 0 ? ['<none>'] : []));
  for (const option of options) page.line(1, option);
  page.optional(0, 'ReclaimPolicy', textAt(object, 'reclaimPolicy'));
  page.optional(0, 'VolumeBindingMode', textAt(object, 'volumeBindingMode'));
  page.line(0, 'AllowedTopologies:', '<none>');
  await describeEvents(context, page, object);
  return page.text();
}
