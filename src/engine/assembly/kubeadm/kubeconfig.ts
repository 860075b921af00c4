/** Kubeconfig files as `kubeadm init` writes them. */
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Subject } from '../../../formats/x509.ts';
import type { ClusterPki } from './pki.ts';

const base64 = (text: string): string => encodeBase64(encodeUtf8(text));

/** @param server URL of the API server */
export function kubeconfig(pki: ClusterPki, server: string, userName: string, subject: Subject): string {
  const { certificatePem, keyPem } = pki.client(subject);
  const context = `${userName}@kubernetes`;
  return [
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    `    certificate-authority-data: ${base64(pki.authority.certificatePem)}`,
    `    server: ${server}`,
    '  name: kubernetes',
    'contexts:',
    '- context:',
    '    cluster: kubernetes',
    `    user: ${userName}`,
    `  name: ${context}`,
    `current-context: ${context}`,
    'kind: Config',
    'users:',
    `- name: ${userName}`,
    '  user:',
    `    client-certificate-data: ${base64(certificatePem)}`,
    `    client-key-data: ${base64(keyPem)}`,
    '',
  ].join('\n');
}
