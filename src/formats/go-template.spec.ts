import { expect, test } from 'vitest';
import recorded from './fixtures/kubectl-1.32-go-template.json' with { type: 'json' };
import { compileGoTemplate, DOCKER_FUNCTIONS } from './go-template.ts';

function run(template: string, data: unknown, docker = false) {
  const compiled = compileGoTemplate(template, docker ? { functions: DOCKER_FUNCTIONS } : { name: 'output' });
  const result = compiled.ok ? compiled.value.execute(data) : compiled;
  return result.ok ? { text: result.value } : { error: result.message };
}

test.for(recorded.rows)('$template', (row) => {
  const expected = row.error === undefined ? { text: row.text } : { error: row.error };
  expect(run(row.template, recorded.object)).toEqual(expected);
});

test.for([
  { template: '{{json .}}', text: '{"Name":"/web","Ports":[80,443]}' },
  { template: '{{.Name | upper}}', text: '/WEB' },
  { template: '{{join (split .Name "/") ","}}', text: ',web' },
  { template: '{{truncate .Name 2}}|{{pad .Name 1 2}}|{{title "web app"}}', text: '/w| /web  |Web App' },
  { template: '{{range $i, $p := .Ports}}{{if $i}},{{end}}{{$p}}{{end}}', text: '80,443' },
])('docker: $template', ({ template, text }) => {
  expect(run(template, { Name: '/web', Ports: [80, 443] }, true)).toEqual({ text });
});
