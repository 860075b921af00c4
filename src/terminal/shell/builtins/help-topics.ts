/** What each command of bash is for: a sentence, then what there is to know beyond its synopsis, in Drydock's own words. */
const TOPICS = `
%|Brings a job to the foreground.|The same as fg with that job; with & behind it, the same as bg.
(( ... ))|Calculates.|The status is 1 where the result is 0, and 0 otherwise.
.|Runs a file's commands in this very shell.|Arguments are the positional parameters while it runs. The status is its last command's.
:|Does nothing, successfully.|Its words are expanded and redirections made all the same.
[|Tests a condition.|Another name of test; the last word has to be ].
[[ ... ]]|Tests a condition as a part of the language.|Words are not split and not globbed; right of == stands a pattern, right of =~ a regular expression. && || ! ( ) join conditions.
alias|Defines names for command texts, or shows them.|-p shows all of them in a form that can be read back. A blank at the end of a value lets the next word be an alias too.
bg|Lets stopped jobs go on in the background.|Without a job: the current one.
bind|Shows and sets what keys do at the prompt.|-l lists the editor's functions, -p and -P the keys of each, -v and -V variables, -s and -S macros, -X shell commands. -m chooses the keymap, -f reads a file, -q and -u ask for a function's keys and take them away, -r frees keys, -x lets keys run a command.
break|Leaves a loop.|N: so many of them, from the inside.
builtin|Runs a builtin though a function has its name.|
caller|Shows where the running function was called.|With a number: so many calls further out, with the caller's name.
case|Runs the commands beside the first pattern that matches.|;& goes on with the next commands, ;;& with the next patterns.
cd|Changes the working directory.|Without one: $HOME; -: the one before. -L keeps symbolic links in $PWD, -P resolves them. Names are looked for in $CDPATH too.
command|Runs a program or builtin though a function has its name.|-p looks in the standard places, -v and -V say what would run.
compgen|Shows which completions options give for a word.|The options are those of complete.
complete|Says how a command's arguments are completed.|-F function, -C command, -W words, -G pattern and -A action give words, -X leaves some out, -P and -S put text around them. -D is for commands without a definition, -E for an empty line, -I for the first word; -p shows, -r removes.
compopt|Changes options of a completion.|Inside a completion function: of the one that is being made.
continue|Goes on with a loop's next turn.|N: of the loop so many further out.
coproc|Runs a command in the background with pipes to and from it.|The array NAME (COPROC) holds the descriptors to read from and to write to, NAME_PID its process.
declare|Creates variables and gives them attributes, or shows them.|-a array, -A associative array, -i integer, -l and -u fold case, -n reference, -r readonly, -x exported; + takes an attribute away. -f shows functions, -F only their names, -p how to make a variable again, -g means the global one, -I takes over what is outside.
dirs|Shows the remembered directories.|-c forgets them, -l writes ~ out, -p and -v put one on each line, -v with its number.
disown|Takes jobs out of the table.|-h leaves them there but sends them no SIGHUP, -a all, -r the running ones.
echo|Prints its words.|-n without the newline, -e with backslash escapes, -E without them.
enable|Switches builtins on and off.|-n switches off, so that a program of the name runs; -a lists all, -p those switched on, -s the special ones.
eval|Puts its words together and runs them as a command.|
exec|Puts a program in the shell's place, or makes redirections stay.|-a names it, -c empties its environment, -l makes it a login shell.
exit|Ends the shell.|Without a status: the last command's.
export|Hands variables on to programs.|-f functions, -n no longer, -p shows them.
false|Fails.|
fc|Shows commands of the history, or runs them again.|-l lists, -n without numbers, -r newest first; -s runs one again, with pat replaced by rep; without them an editor (-e) has them first.
fg|Brings a job to the foreground.|Without one: the current one.
for|Runs commands once for each word.|Without in: for each positional parameter.
for ((|Runs commands while an arithmetic condition holds.|exp1 is calculated first, exp2 before and exp3 after each turn.
function|Defines a function.|
getopts|Takes one option after the other from the positional parameters.|A colon follows the letters of optstring that take an argument, which goes to OPTARG; one in front keeps it silent. OPTIND is the next word's number. The status is 1 where no option is left.
hash|Shows or changes where the shell remembers programs to be.|-r forgets all, -d some, -p sets a place, -t shows one, -l all in a form that can be read back.
help|Shows what builtins are for.|-d a sentence each, -s the synopsis alone, -m in the manner of a manual page. Patterns choose several.
history|Shows the history, or changes it.|N: the last ones. -c empties it, -d takes one out, -a appends the new ones to the file, -n reads its new ones, -r reads it, -w writes it, -p expands words, -s stores them.
if|Runs commands if others succeed.|
jobs|Lists the jobs.|-l with process ids, -p these alone, -n only changed ones, -r running, -s stopped. -x runs a command with process groups in place of jobs.
kill|Sends a signal.|-s name, -n number; SIGTERM without one. -l lists them.
let|Calculates each argument.|The status is 1 where the last result is 0.
local|Creates variables that a function has to itself.|Options are those of declare; - keeps the shell's options local.
logout|Ends a login shell.|
mapfile|Reads lines into an array.|-d ends lines otherwise, -n at most so many, -O from this index on, -s leaves some out, -t without their ends, -u from a descriptor, -C runs a command for each -c lines.
popd|Goes back to a remembered directory.|-n changes no directory; +N and -N take that one out, counted from the left or the right.
printf|Prints arguments by a format.|%b with escapes, %q quoted, %(format)T a time; -v keeps it in a variable. The format is used again while arguments are left.
pushd|Remembers the directory and changes to another.|Without one it changes the two places; +N and -N turn the list.
pwd|Shows the working directory.|-L as $PWD has it, -P without symbolic links.
read|Reads a line into variables.|The last takes the rest, REPLY the whole where there is none. -a an array, -d another end, -e with the editor, -i with this text in it, -n at most and -N exactly so many characters, -p a prompt, -r backslashes are nothing special, -s unseen, -t seconds, -u from a descriptor.
readarray|Reads lines into an array.|Another name of mapfile.
readonly|Keeps variables as they are.|-a and -A arrays, -f functions, -p shows them.
return|Leaves a function or a sourced file.|Without a status: the last command's.
select|Lets somebody choose from a numbered menu.|The prompt is $PS3; what was typed is in REPLY. It asks again until break.
set|Sets options and positional parameters.|-e ends the shell at a failure, -u at an unset variable, -x shows commands, -o pipefail makes a pipeline fail where a stage does, -o alone lists them all; + unsets. What follows -- becomes the positional parameters.
shift|Drops positional parameters.|N: so many from the first.
shopt|Shows and sets options of bash's own.|-s sets, -u unsets, -q only says by its status, -p in a form that can be read back, -o those of set.
source|Runs a file's commands in this very shell.|Another name of the dot.
suspend|Stops the shell until SIGCONT.|-f even a login shell.
test|Tests a condition.|-e -f -d -r -w -x -s and the like ask about files, -z and -n about text, = != < > compare text, -eq -ne -lt -le -gt -ge numbers; ! -a -o ( ) join conditions.
time|Shows how long a pipeline took.|-p as POSIX writes it; otherwise TIMEFORMAT says how.
times|Shows the processor time of the shell and of its children.|
trap|Runs a command when a signal comes.|EXIT at the end, DEBUG before and ERR after a failed command, RETURN after a function; an empty command ignores the signal, - puts it back. -p shows, -l lists signals.
true|Succeeds.|
type|Says what a name would run.|-a all of them, -f no functions, -p and -P the file, -t in one word.
typeset|Creates variables and gives them attributes, or shows them.|Another name of declare.
ulimit|Shows and sets limits of processes.|-S soft, -H hard, -a all. The letters with their units are in ulimit -a; unlimited, soft and hard are values too.
umask|Shows and sets which permissions new files do not get.|-S with letters, -p in a form that can be read back.
unalias|Forgets aliases.|-a all of them.
unset|Forgets variables and functions.|-v variables alone, -f functions alone, -n the reference itself.
until|Runs commands until others succeed.|
variables|Variables that the shell sets or looks at.|BASH_VERSION CDPATH HISTFILE HISTSIZE HISTCONTROL HISTIGNORE HOME HOSTNAME IFS OLDPWD OSTYPE PATH PROMPT_COMMAND PS1 PS2 PS3 PS4 PWD SHELLOPTS TERM TIMEFORMAT and others.
wait|Waits until children end.|-n for the first, -p keeps its id in a variable, -f until they are over and not only stopped. The status is the last one's.
while|Runs commands as long as others succeed.|
{ ... }|Runs commands as one, in this shell.|
`;

export interface Topic {
  /** One sentence. */
  readonly summary: string;
  readonly details: string;
}

export const topics: ReadonlyMap<string, Topic> = new Map(
  TOPICS.trim()
    .split('\n')
    .map((line) => {
      const [name = '', summary = '', details = ''] = line.split('|');
      return [name, { summary, details }];
    }),
);
