echo ~ ~/x ~root ~root/y ~nosuchuser ~nosuch/z "~" '~' \~ a~ ~+ x~/y

HOME=/h; echo ~ ~/a; v=~; echo $v; v=~/a:~/b; echo $v; v=x:~; echo $v; v="~"; echo $v; v=a~b:~c; echo $v

unset HOME; echo ~ | grep -c /; HOME=; echo "[~]" ~; HOME='a b'; echo ~ ~/x; for i in ~; do echo "<$i>"; done

cd /usr; cd /tmp; echo ~+ ~- ~+/x ~-/y; unset OLDPWD; echo ~-

echo a=~ b=~/x --c=~ d=x:~ "e"=~ f='~' =~ ~=; export g=~/y; echo $g; declare h=~; echo $h; alias i=~/z; alias i

case ~ in /root) echo home;; *) echo other;; esac; [[ ~ == /root ]] && echo eq; [ ~ = "$HOME" ] && echo same; echo ${v:-~} "${v:-~}" ${v:-~/a}

cat <<< ~; cat <<< "~"; cat < ~/nofile; echo $?; echo x > ~nosuch; ls; rm '~nosuch'; f() { echo $1; }; f ~; f ~/"a b"

echo ~"root" ~'/x' ~\root ~$USER ~r""oot "~"root; u=root; echo ~$u

for i in ~ ~root; do echo $i; done; a=(~ ~/x); echo ${a[@]}; PATH=~/bin:~/b2; echo $PATH; x=(a=~); echo $x

v=~root:~nosuch:~/q; echo $v; readonly r=~; echo $r; local=~:~; echo $local; v+=:~; echo $v; w=~~; echo $w

HOME='/a*b'; echo ~; HOME='x y'; v=~/z; echo "$v"; set -- ~; echo $#; HOME=/; echo ~ ~/a; cd ~; pwd

set -o posix; echo a=~ ; export b=~; echo $b; c=~:~; echo $c; set +o posix; echo a=~

HOME=/h; echo ~ ~/x x~ ~+ ~- "~" '~' \~ ~nosuch a=~ a:~ ; v=~:~/b; echo $v; PATH=$PATH:~/bin; echo ${PATH##*:}; echo ~root/x ~daemon

cd /tmp; cd /usr; echo ~+ ~- ~+/x; pushd /etc >/dev/null; echo ~0 ~1 ~-0 ~2; unset HOME; echo ~; export x=~root:~root; echo $x; alias q=~root 2>/dev/null; alias q
