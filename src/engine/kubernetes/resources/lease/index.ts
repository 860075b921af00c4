import type { Lease } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';

export const leases = entry<Lease>('leases.coordination.k8s.io', {
  columns: [NAME, text('Holder'), AGE],
  row: (lease, context) => [lease.metadata.name, lease.spec?.holderIdentity ?? '', age(lease, context)],
});
