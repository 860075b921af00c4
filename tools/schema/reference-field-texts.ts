import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { commentOf } from './comment.ts';
import { withoutVersion } from './read-models.ts';

const GROUPS = [
  ...['core', 'apps', 'batch', 'networking', 'storage', 'rbac', 'policy', 'autoscaling', 'discovery', 'events', 'node'],
  ...['admissionregistration', 'apiextensions', 'authentication', 'authorization', 'certificates', 'coordination'],
  ...['flowcontrol', 'scheduling', 'meta'],
];
const VERSIONS = ['v1', 'v2'];

/**
 * What a field that refers to another type is for (`livenessProbe: Probe`). The client package drops the text beside a
 * reference, kubernetes-types keeps it. Asked by model and field; empty where neither has it.
 */
export function referenceFieldTexts(projectRoot: string): (model: string, field: string) => string {
  const texts = new Map<string, string>();
  for (const version of VERSIONS) for (const group of GROUPS) readGroup(projectRoot, group, version, texts);
  return (model, field) => {
    const version = /V\d+(?:(?:alpha|beta)\d+)?/.exec(model)?.[0].toLowerCase() ?? '';
    const group = /^([A-Z][a-z]+)V\d/.exec(model)?.[1]?.toLowerCase();
    const name = `${version}.${withoutVersion(model)}.${field}`;
    const groups = group === undefined ? GROUPS : [group];
    return groups.map((one) => texts.get(`${one}.${name}`)).find((text) => text !== undefined) ?? '';
  };
}

function readGroup(projectRoot: string, group: string, version: string, texts: Map<string, string>): void {
  const file = join(projectRoot, 'node_modules/kubernetes-types', group, `${version}.d.ts`);
  const text = ts.sys.readFile(file);
  if (text === undefined) return;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
  for (const declared of source.statements.filter(ts.isInterfaceDeclaration))
    for (const member of declared.members)
      if (ts.isPropertySignature(member) && ts.isIdentifier(member.name))
        texts.set(`${group}.${version}.${declared.name.text}.${member.name.text}`, commentOf(member));
}
