/** Kinds of which only the table differs from the common one. */
import type { ApiObject, ControllerRevision } from '../../apimachinery/types.ts';
import { AGE, CREATED_AT, NAME, age, integer, text } from '../common/columns.ts';
import { type ResourceEntry, entry } from '../strategy.ts';

export const others: readonly ResourceEntry[] = [
  entry<ControllerRevision>('controllerrevisions.apps', {
    columns: [NAME, text('Controller'), integer('Revision'), AGE],
    row: (revision, context) => {
      const owner = revision.metadata.ownerReferences?.find(({ controller }) => controller === true);
      return [
        revision.metadata.name,
        owner === undefined
          ? '<none>'
          : `${owner.kind.toLowerCase()}.${owner.apiVersion.split('/')[0] ?? ''}/${owner.name}`,
        revision.revision,
        age(revision, context),
      ];
    },
  }),
  entry<ApiObject & { readonly spec?: { readonly controller?: string } }>('ingressclasses.networking.k8s.io', {
    columns: [NAME, text('Controller'), text('Parameters'), AGE],
    row: (own, context) => [own.metadata.name, own.spec?.controller ?? '', '<none>', age(own, context)],
  }),
  entry<ApiObject & { readonly handler?: string }>('runtimeclasses.node.k8s.io', {
    columns: [NAME, text('Handler'), AGE],
    row: (own, context) => [own.metadata.name, own.handler ?? '', age(own, context)],
  }),
  entry<ApiObject>('limitranges', {
    columns: [NAME, CREATED_AT],
    row: ({ metadata }) => [metadata.name, metadata.creationTimestamp],
  }),
];
