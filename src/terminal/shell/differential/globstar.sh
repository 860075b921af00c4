mkdir -p d/e/f g; touch d/1 d/e/2 d/e/f/3 g/4; shopt -s globstar; echo **; echo **/; echo d/**; echo **/[0-9]

mkdir -p d/e; touch d/x.c d/e/y.c z.c; echo **; echo **/*.c; shopt -s globstar; echo **/*.c; echo d/**/*.c; echo **/e/*

mkdir -p d/e; touch d/x; shopt -s globstar; echo d/**/x d/**/ **/d ./** ./**/x

mkdir -p a/.hid/b a/c; touch a/.hid/x a/c/y; shopt -s globstar; echo a/**; echo **/x; shopt -s dotglob; echo a/**; echo **/x

mkdir -p d/e; ln -s d link; touch d/e/t; shopt -s globstar; echo **/t; echo link/**; echo **

shopt -s globstar; for f in **/*.txt; do echo $f; done; a=(**); echo ${#a[@]}; shopt -s nullglob; echo no/** **/none; echo end

shopt -s globstar; mkdir -p p/q; touch p/q/r; cd p; echo **; echo ../p/**; cd q; echo **; echo ../**

shopt -s globstar nullglob; mkdir 'a b'; touch 'a b/c d'; for f in **; do echo "<$f>"; done; GLOBIGNORE='*txt'; echo **

shopt globstar; shopt -s globstar; shopt globstar; shopt -u globstar; mkdir -p m/n; touch m/n/o; echo ** m/** ; shopt -s globstar; echo "**" '**' \*\*

mkdir -p src/lib src/bin; touch src/lib/a.js src/bin/b.js c.js; shopt -s globstar; ls **/*.js; wc -c **/*.js | tail -1; [[ src/lib/a.js == **/*.js ]] && echo m

shopt -s globstar; mkdir -p k/l; touch k/l/m; case k/l/m in k/**) echo case;; esac; printf '%s\n' k/** | wc -l; echo k/**/; set -- k/**/m; echo $1

mkdir -p x/y/z; shopt -s globstar; echo **/**/z; echo x** **x; echo **/y/*

shopt -s globstar; mkdir -p t/a/b t/c; touch t/1.txt t/a/2.txt t/a/b/3.txt t/c/4.md; echo t/**/*.txt; echo t/**; echo t/**/; echo **/*.md; echo t/*/**/; shopt -u globstar; echo t/**/*.txt

shopt -s globstar dotglob; mkdir -p q/.h/i; touch q/.h/i/z; echo q/**; shopt -u dotglob; echo q/**; GLOBIGNORE='*.txt'; echo *; unset GLOBIGNORE; echo *
