kubectl create deployment web --image=nginx --replicas=3
kubectl expose deployment web --port=80
kubectl run box --image=busybox --labels=role=box --env=A=1 --port=8080 -- sleep 100000
kubectl create configmap settings --from-literal=colour=blue
kubectl create secret generic key --from-literal=password=x
kubectl create job once --image=busybox -- true
kubectl create serviceaccount robot
kubectl create namespace other
kubectl create quota q --hard=pods=5 -n other
kubectl create role viewer --verb=get --resource=pods
kubectl create rolebinding viewers --role=viewer --serviceaccount=default:robot
kubectl create ingress gate --rule=a.example/path*=web:80,tls=cert
kubectl create namespace them-1
kubectl create namespace ours-1
