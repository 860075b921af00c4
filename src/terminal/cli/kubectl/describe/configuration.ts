/** Descriptions of Namespaces, ConfigMaps, Secrets, ServiceAccounts and volumes. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { decodeBase64 } from '../../../../protocol/bytes.ts';
import type { Context } from '../context.ts';
import { mapAt, nameOf, objectsAt, sortedEntries, textAt, textsAt } from '../fields.ts';
import { describeEvents } from './events.ts';
import { joined, metadataLines, Page } from './page.ts';
import { limitTable } from './policies.ts';

export async function describeNamespace(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  metadataLines(page, object);
  page.line(0, 'Status:', textAt(object, 'status', 'phase'));
  const conditions = objectsAt(object, 'status', 'conditions');
  if (conditions.length > 0) {
    page.line(0, 'Conditions:');
    page.line(1, 'Type', 'Status', 'LastTransitionTime', 'Reason', 'Message');
    page.line(1, '----', '------', '------------------', '------', '-------');
    for (const item of conditions)
      page.line(
        1,
        textAt(item, 'type'),
        textAt(item, 'status'),
        textAt(item, 'lastTransitionTime'),
        textAt(item, 'reason'),
        textAt(item, 'message'),
      );
  }
  await limits(context, page, nameOf(object));
  return page.text();
}

async function limits(context: Context, page: Page, namespace: string): Promise<void> {
  const quotas = await context.api.ask({ path: `/api/v1/namespaces/${namespace}/resourcequotas` });
  const list = quotas.ok ? objectsAt(quotas.object, 'items') : [];
  page.raw('\n');
  if (list.length === 0) page.line(0, 'No resource quota.');
  else {
    page.line(0, 'Resource Quotas');
    for (const quota of list) {
      page.line(1, 'Name:', nameOf(quota));
      page.line(1, 'Resource', 'Used', 'Hard');
      page.line(1, '--------', '---', '---');
      const used = mapAt(quota, 'status', 'used');
      for (const [name, hard] of sortedEntries(mapAt(quota, 'status', 'hard')))
        page.line(1, name, used[name] ?? '0', hard);
    }
  }
  const ranges = await context.api.ask({ path: `/api/v1/namespaces/${namespace}/limitranges` });
  const found = ranges.ok ? objectsAt(ranges.object, 'items') : [];
  page.raw('\n');
  if (found.length === 0) {
    page.line(0, 'No LimitRange resource.');
    return;
  }
  page.line(0, 'Resource Limits');
  limitTable(page, 1, found);
}

export async function describeConfigMap(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  metadataLines(page, object);
  page.raw('\nData\n====\n');
  for (const [key, value] of sortedEntries(mapAt(object, 'data'))) page.raw(`${key}:\n----\n${value}\n\n`);
  page.raw('\nBinaryData\n====\n');
  for (const [key, value] of sortedEntries(mapAt(object, 'binaryData')))
    page.raw(`${key}: ${String(decodeBase64(value)?.length ?? 0)} bytes\n`);
  page.raw('\n');
  await describeEvents(context, page, object);
  return page.text();
}

export function describeSecret(_context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  metadataLines(page, object);
  page.line(0, '');
  page.line(0, 'Type:', textAt(object, 'type'));
  page.raw('\nData\n====\n');
  const isToken = textAt(object, 'type') === 'kubernetes.io/service-account-token';
  for (const [key, value] of sortedEntries(mapAt(object, 'data'))) {
    const bytes = decodeBase64(value);
    page.line(
      0,
      `${key}:`,
      isToken && key === 'token' && bytes !== undefined
        ? String.fromCharCode(...bytes)
        : `${String(bytes?.length ?? 0)} bytes`,
    );
  }
  return Promise.resolve(page.text());
}

export async function describeServiceAccount(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  metadataLines(page, object);
  page.line(
    0,
    'Image pull secrets:',
    joined(objectsAt(object, 'imagePullSecrets').map((item) => textAt(item, 'name'))),
  );
  page.line(0, 'Mountable secrets:', joined(objectsAt(object, 'secrets').map((item) => textAt(item, 'name'))));
  page.line(0, 'Tokens:', '<none>');
  await describeEvents(context, page, object);
  return page.text();
}

export async function describeClaim(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  page.line(0, 'StorageClass:', textAt(object, 'spec', 'storageClassName'));
  page.line(
    0,
    'Status:',
    textAt(object, 'metadata', 'deletionTimestamp') === '' ? textAt(object, 'status', 'phase') : 'Terminating',
  );
  page.line(0, 'Volume:', textAt(object, 'spec', 'volumeName'));
  metadataLines(page, object);
  page.line(0, 'Finalizers:', `[${textsAt(object, 'metadata', 'finalizers').join(' ')}]`);
  const isBound = textAt(object, 'spec', 'volumeName') !== '';
  page.line(0, 'Capacity:', isBound ? textAt(object, 'status', 'capacity', 'storage') : '');
  page.line(0, 'Access Modes:', isBound ? accessModes(textsAt(object, 'status', 'accessModes')) : '');
  page.line(0, 'VolumeMode:', textAt(object, 'spec', 'volumeMode'));
  const pods = await context.api.ask({ path: `/api/v1/namespaces/${textAt(object, 'metadata', 'namespace')}/pods` });
  const users = (pods.ok ? objectsAt(pods.object, 'items') : []).filter((pod) =>
    objectsAt(pod, 'spec', 'volumes').some(
      (volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') === nameOf(object),
    ),
  );
  const names = users.map(nameOf);
  if (names.length === 0) page.line(0, 'Used By:', '<none>');
  for (const [index, name] of names.entries()) page.line(0, index === 0 ? 'Used By:' : '', name);
  await describeEvents(context, page, object);
  return page.text();
}

export async function describeVolume(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  metadataLines(page, object);
  page.line(0, 'Finalizers:', `[${textsAt(object, 'metadata', 'finalizers').join(' ')}]`);
  page.line(0, 'StorageClass:', textAt(object, 'spec', 'storageClassName'));
  page.line(0, 'Status:', textAt(object, 'status', 'phase'));
  const claim = textAt(object, 'spec', 'claimRef', 'name');
  page.line(0, 'Claim:', claim === '' ? '' : `${textAt(object, 'spec', 'claimRef', 'namespace')}/${claim}`);
  page.line(0, 'Reclaim Policy:', textAt(object, 'spec', 'persistentVolumeReclaimPolicy'));
  page.line(0, 'Access Modes:', accessModes(textsAt(object, 'spec', 'accessModes')));
  page.line(0, 'VolumeMode:', textAt(object, 'spec', 'volumeMode'));
  page.line(0, 'Capacity:', textAt(object, 'spec', 'capacity', 'storage'));
  page.line(0, 'Node Affinity:', '<none>');
  page.line(0, 'Message:', textAt(object, 'status', 'message'));
  page.line(0, 'Source:');
  if (textAt(object, 'spec', 'hostPath', 'path') !== '') {
    page.line(2, 'Type:', 'HostPath (bare host directory volume)');
    page.line(2, 'Path:', textAt(object, 'spec', 'hostPath', 'path'));
    page.line(2, 'HostPathType:', textAt(object, 'spec', 'hostPath', 'type'));
  } else page.line(2, '<unknown>');
  await describeEvents(context, page, object);
  return page.text();
}

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const accessModes = (modes: readonly string[]): string => modes.map((mode) => MODES[mode] ?? mode).join(',');
