/** Scheduler plugin NodePorts. Models: host ports by protocol and address. */
import type { FilterPlugin, Refusal } from '../framework.ts';

const REFUSAL: Refusal = {
  plugin: 'NodePorts',
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  resolvable: true,
};

export const nodePorts: FilterPlugin = {
  name: 'NodePorts',
  prepareFilter: ({ hostPorts }) => {
    if (hostPorts.length === 0) return undefined;
    return (node) => (hostPorts.some((port) => node.portTaken(port)) ? REFUSAL : undefined);
  },
};
