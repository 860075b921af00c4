/**
 * kubectl completion: a script that asks `kubectl __complete` for candidates, as Cobra's does.
 * Leaves out: zsh, fish and PowerShell, whose shells are not here.
 */
import type { Verb } from '../verb.ts';

const BASH = `# bash completion for kubectl
__start_kubectl() {
    local answer directive line
    COMPREPLY=()
    answer="$("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" || return
    directive="\${answer##*:}"
    answer="\${answer%:*}"
    while IFS= read -r line; do
        [ -n "$line" ] && COMPREPLY+=("\${line%%$'\\t'*}")
    done <<< "$answer"
    (( directive & 2 )) && compopt -o nospace
    (( directive & 4 )) || [ \${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}

complete -o default -F __start_kubectl kubectl
`;
const SHELLS = ['bash', 'fish', 'powershell', 'zsh'];

export const completion: Verb = {
  path: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  examples: ['source <(kubectl completion bash)', 'kubectl completion bash > /etc/bash_completion.d/kubectl'],
  flags: [],
  run: (context) => {
    const [shell = '', more] = context.flags.args;
    if (shell === '') context.usage('Shell not specified.');
    if (more !== undefined) context.usage('Too many arguments. Expected only the shell type.');
    if (!SHELLS.includes(shell)) context.usage(`Unsupported shell type ${JSON.stringify(shell)}.`);
    if (shell !== 'bash') context.notSimulated(`kubectl completion ${shell}`);
    context.io.out(BASH);
    return Promise.resolve(0);
  },
};
