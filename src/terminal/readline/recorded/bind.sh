for map in emacs vi-insert vi-command emacs-ctlx emacs-meta; do bind -m $map -p; done
bind -P
bind -V | grep -v history-size
bind -v | grep -v history-size
bind -q self-insert; bind -q abort; bind -q foo; bind -q kill-region; bind -u foo; bind -r '\C-a'; bind -q beginning-of-line
bind -m foo; bind -m vi-command -q vi-redo; bind -m emacs-ctlx -q abort
bind '"\C-xq": "hello"'; bind '"\ez": "wo\"rld\n\C-a"'; bind -s; bind -S
bind -x '"\C-xw": echo hi'; bind -X
bind -x 'foo'; bind -x '"\C-xw" echo'
bind -x '\C-g: echo'
bind -z; bind -q; bind -f /nonexistent; bind 'foo'; bind '"\C-xk": nosuch'; bind 'set foo bar'; bind 'set bell-style foo'; bind 'set editing-mode foo'; bind 'set keymap vi'; bind -v | grep keymap; bind 'set keymap emacs'
bind '"abc'; bind 'Control-y'; bind 'C-z: yank'; bind -q yank
bind 'set completion-query-items x'; bind -v | grep query
bind 'set comment-begin "//"'; bind -v | grep comment
bind -l | tail -n 3; bind -r
bind -m vi -x '"\C-xe": echo v'; bind -X; bind -m vi -X
bind -m vi-insert '"jj": vi-movement-mode'; bind -m vi-insert -q vi-movement-mode
bind 'set editing-mode vi'; bind -v | egrep 'keymap|editing'; bind -q abort; bind -m emacs -q abort; set -o | grep -w vi
bind 'set editing-mode emacs'
bind 'set vi-cmd-mode-string "\1xx\2"'; bind -v | grep vi-cmd
bind 'set emacs-mode-string "a b"'; bind -v | grep emacs-mode
bind 'set bind-tty-special-chars'; bind -v | grep tty-spec
bind '"\e[24~": "x"' '"\M-x": "y"' 'Meta-o: "z"' '"\x41b": "q"' '"\101c": "r"'; bind -s
bind -u kill-word; bind -q kill-word; bind -P | grep '^kill'
