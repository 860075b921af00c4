mkdir -p d/e; ln -s d/e short; ln -s ../fruit.txt d/up; chmod 640 fruit.txt; namei short; namei d/up d/e; namei -m short d/up

mkdir -p d; ln -s ../fruit.txt d/up; namei -l d/up; namei -o fruit.txt; namei -v d/up; namei -n d/up; namei -mn d/up

namei nofile; echo $?; mkdir d; namei d/nofile/x; echo $?; namei -l d/nofile; namei -m d/none; namei -o d/none; namei -v d/none; ln -s none broken; namei broken; echo $?; namei -l broken

namei; echo $?; namei -q x; echo $?; ln -s loop loop; namei loop 2>/dev/null | tail -1; namei loop 2>&1 >/dev/null; namei /; namei -l /; namei ./fruit.txt; namei fruit.txt/; namei d//e
