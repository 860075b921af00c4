docker run -d --name web -p 8080:80 -p 127.0.0.1:8443:443/tcp --label role=front --label tier=web nginx
docker run -d --name box busybox sleep 100000
docker network create --label n=1 --subnet 10.9.0.0/24 lan
docker volume create --label v=1 data
docker run --name done busybox sh -c 'echo one; echo two >&2; echo three; exit 3'
docker create --name idle alpine:3.20
docker run -d --name db --network lan --network-alias store -v data:/data --restart always -m 64m -e A=1 busybox sh -c 'echo ready; sleep 100000'
docker run -d --name frozen busybox sleep 100000
docker pause frozen
docker tag busybox busybox:v1
docker exec box sh -c 'echo x > /new; rm /etc/group; mkdir /var/d'
