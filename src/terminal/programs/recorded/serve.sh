# serve ANSWER...: a server on port 8080 that answers requests in turn and keeps them in "asked"; stop ends it.
ok='HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n'
missing='HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\ngone\n'
empty='HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
moved='HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n'
answer() {
  local text line length
  for text; do
    length=0
    while IFS= read -r line; do
      printf '%s\n' "$line" >> asked
      line=${line%$'\r'}
      [ -z "$line" ] && break
      case ${line,,} in content-length:*) length=${line#*: } ;; esac
    done
    [ "$length" = 0 ] || head -c "$length" >> asked
    printf "$text"
  done
}
serve() {
  rm -f way asked
  mkfifo way
  nc -k -l 127.0.0.1 8080 < way | answer "$@" > way &
  until ss -ltn | grep -q 127.0.0.1:8080; do :; done
}
stop() {
  kill $(jobs -p)
  wait
}
