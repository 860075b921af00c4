echo '1+2; 7/2; scale=3; 7/2; 2^10; -5%3' | bc
echo 'scale=5; sqrt(2); 4*a(1)' | bc -l
echo 'ibase=16; FF; obase=2; A' | bc
echo 'x=3; x++; x; --x; x*=4; x' | bc
echo 'for(i=0;i<3;i++) i; while(i>0) {i=i-1}; i' | bc
echo '1/0; 3' | bc
echo 'e(1); l(2); s(1); c(0)' | bc -l
echo '"hi "; 3 > 2; 1==2; !0' | bc
echo 'a[1]=5; a[1]+a[2]; length(12345); scale(1.25)' | bc
echo '1 +' | bc
echo '2^200' | bc
echo 'scale=2; 10/3*3; .5; -.5; 0.00' | bc
echo 'print "x=",3,"\n"' | bc
echo 'if (1) 2 else 3; /* c */ 4 # d' | bc
