import { required } from '../../apimachinery/field-error.ts';
import type { PersistentVolumeClaim } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { fill, over } from '../fill.ts';
import { accessModesText } from '../persistentvolume/index.ts';
import { entry } from '../strategy.ts';

export const persistentVolumeClaims = entry<PersistentVolumeClaim>('persistentvolumeclaims', {
  columns: [
    NAME,
    text('Status'),
    text('Volume'),
    text('Capacity'),
    text('Access Modes'),
    text('StorageClass'),
    text('VolumeAttributesClass'),
    AGE,
    text('VolumeMode', 1),
  ],
  row: (claim, context) => {
    const { spec, status, metadata } = claim;
    const bound = spec.volumeName !== undefined && spec.volumeName !== '';
    return [
      metadata.name,
      metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
      spec.volumeName ?? '',
      bound ? (status?.capacity?.['storage'] ?? '0') : '',
      bound ? accessModesText(status?.accessModes) : '',
      spec.storageClassName ?? '',
      '<unset>',
      age(claim, context),
      spec.volumeMode ?? '<unset>',
    ];
  },
  defaults: (claim) =>
    over(claim, 'spec', (spec) => fill<PersistentVolumeClaim['spec']>(spec, { volumeMode: 'Filesystem' })),
  prepareForCreate: (claim) => ({ ...claim, status: { phase: 'Pending' } }),
  validate: ({ spec }) => [
    ...((spec?.accessModes ?? []).length === 0
      ? [required('spec.accessModes', 'at least 1 access mode is required')]
      : []),
    ...(spec?.resources?.requests?.['storage'] === undefined ? [required('spec.resources[storage]')] : []),
  ],
});
