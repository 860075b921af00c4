declare module 'virtual:kubernetes-json-schema' {
  import type { JSONSchema } from 'monaco-yaml';
  export const kubernetesSchema: JSONSchema;
}
