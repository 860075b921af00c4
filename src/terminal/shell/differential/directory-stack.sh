dirs; dirs -p; dirs -v; cd /; dirs; cd; dirs; dirs -l

cd /; pushd /usr; pushd /etc; popd; popd; popd; echo $?

cd /usr; pushd; echo $?; pushd /; pushd; pushd; echo $PWD $OLDPWD

cd /; pushd /usr > /dev/null; pushd -n /tmp; pwd; dirs; pushd -n; dirs; pushd -n +1; dirs; popd -n; dirs

cd /; pushd /nosuch; echo $?; pushd fruit.txt; pushd a b; pushd +1; pushd -1; pushd -0; dirs +1; dirs -1; popd +1; echo $?

cd /; for d in usr etc tmp; do pushd /$d > /dev/null; done; pushd +2; pushd -2; pushd +0; pushd +9; pushd -9; dirs -v

cd /; for d in usr etc tmp; do pushd /$d > /dev/null; done; popd +1; popd -1; popd +0; popd -0; popd; echo $?

cd /; pushd /usr > /dev/null; echo ~0 ~1 ~+1 ~-0 ~2 "~1" x~1; echo ~1/x a=~1:~0; echo ${DIRSTACK[0]} ${#DIRSTACK[@]}; (pushd /etc; dirs); dirs

cd /; pushd /usr > /dev/null; dirs -c; dirs; popd; pushd; pushd -- /etc; popd --; dirs x; dirs -lp; dirs -pv; echo $?

cd /; pushd /usr >/dev/null; pushd /etc > /dev/null; dirs; dirs -v; dirs -p; dirs -l; dirs +1; dirs -0; dirs +5; dirs -v +1; dirs -p -1; pushd -n /tmp; pwd; dirs; popd -n; dirs; popd -n +1; dirs; pushd -n +1; dirs; pushd +9; popd +9; popd -9; pushd -n; pushd /nosuch; pushd a b; popd a; popd; popd; popd

dirs -c; dirs; dirs x; pushd /; pushd -; cd /tmp; pushd ~; dirs; dirs -l; dirs +0 +1; dirs -c x; popd -- ; pushd -- /usr; popd -0; echo $?; dirs -n; pushd +0; dirs -lv +0

cd /usr; pushd /; pushd; pushd /etc; pushd +2; pushd -0; pushd -1; echo ${DIRSTACK[@]} ~0 ~1 ~-0 ~+0; unset HOME; pushd; cd /nosuch; pushd ''; popd +1; popd -1; dirs

pushd /usr; pushd /etc; pushd /tmp; dirs; dirs -v; dirs -l -p; pushd +1; pushd; popd +1; popd -0; dirs +0; dirs -1; popd -n; dirs; pushd -n /var; dirs; popd; popd; popd; echo $?; pushd; echo $?; pushd +9; echo $?; dirs -c; dirs; dirs -x; echo $?; pushd nosuch; echo $?; echo ${DIRSTACK[@]} | wc -w
