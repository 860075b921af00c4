/**
 * What `kubeadm init` and `kubectl apply -f kube-flannel.yml` leave in the API: kube-proxy, CoreDNS, flannel, their
 * accounts and bindings, and kubeadm's own ConfigMaps.
 * Source of the facts: kubernetes cmd/kubeadm/app/phases/addons, flannel-io/flannel Documentation/kube-flannel.yml.
 */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { AddonFacts } from './addon-objects.ts';
import { coreDns } from './coredns-addon.ts';
import { flannel } from './flannel-addon.ts';
import { kubeProxy } from './kube-proxy-addon.ts';
import { kubeadmConfig } from './kubeadm-config.ts';

/** Every object, in the order in which it is created. */
export function addons(facts: AddonFacts): readonly JsonObject[] {
  return [...kubeadmConfig(facts), ...kubeProxy(facts), ...coreDns(facts), ...flannel(facts)];
}
