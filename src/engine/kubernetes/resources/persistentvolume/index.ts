import { required } from '../../apimachinery/field-error.ts';
import type { PersistentVolume } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { fill, over } from '../fill.ts';
import { entry } from '../strategy.ts';

const SHORT: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const ORDER = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** `RWO,RWX`, in upstream's order. */
export const accessModesText = (modes: readonly string[] | undefined): string =>
  ORDER.filter((mode) => modes?.includes(mode) === true)
    .map((mode) => SHORT[mode] ?? mode)
    .join(',');

export const persistentVolumes = entry<PersistentVolume>('persistentvolumes', {
  columns: [
    NAME,
    text('Capacity'),
    text('Access Modes'),
    text('Reclaim Policy'),
    text('Status'),
    text('Claim'),
    text('StorageClass'),
    text('VolumeAttributesClass'),
    text('Reason'),
    AGE,
    text('VolumeMode', 1),
  ],
  row: (volume, context) => {
    const { spec, status, metadata } = volume;
    const claim = spec.claimRef === undefined ? '' : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}`;
    return [
      metadata.name,
      spec.capacity?.['storage'] ?? '',
      accessModesText(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? '',
      metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
      claim,
      spec.storageClassName ?? '',
      '<unset>',
      status?.reason ?? '',
      age(volume, context),
      spec.volumeMode ?? '<unset>',
    ];
  },
  defaults: (volume) =>
    over(volume, 'spec', (spec) =>
      over(
        fill<PersistentVolume['spec']>(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
        'hostPath',
        (source) => fill(source, { type: '' }),
      ),
    ),
  prepareForCreate: (volume) => ({ ...volume, status: { phase: 'Pending' } }),
  validate: ({ spec }) => [
    ...(spec?.accessModes === undefined ? [required('spec.accessModes')] : []),
    ...(spec?.capacity === undefined ? [required('spec.capacity')] : []),
  ],
});
