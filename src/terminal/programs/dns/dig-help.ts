/** dig -h: what is modelled, in words of our own. */
export const digHelp = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]
Where:  domain	  is a name of the Domain Name System
        q-class  is in
        q-type   is one of a, any, mx, ns, soa, txt ... (a if none is given)
        q-opt    is one of:
                 -4                  (ask over IPv4 only)
                 -b address[#port]   (ask from this address)
                 -c class            (class of the question)
                 -f filename         (read questions from a file)
                 -p port             (port of the server)
                 -q name             (name that is asked for)
                 -r                  (leave ~/.digrc unread)
                 -t type             (type that is asked for)
                 -u                  (times in microseconds)
                 -x dot-notation     (the name of an address)
        d-opt    is +keyword[=value], where keyword is:
                 +[no]adflag         (AD flag of the question)
                 +[no]all            (all that can be shown)
                 +[no]additional +[no]answer +[no]authority +[no]question
                 +[no]cmd +[no]comments +[no]stats
                                     (parts of the output)
                 +bufsize[=###]      (size of datagrams that EDNS offers)
                 +[no]class +[no]ttlid +[no]ttlunits
                                     (columns of records)
                 +[no]cookie[=###]   (a cookie with the question)
                 +[no]dnssec         (ask for DNSSEC records)
                 +domain=###         (domain in place of the search list)
                 +[no]edns           (EDNS with the question)
                 +[no]identify       (who answered)
                 +[no]multiline      (records over several lines)
                 +ndots=###          (dots of a name that is not searched for)
                 +[no]qr             (show the question that is sent)
                 +[no]recurse        (ask the server to find out)
                 +[no]search         (use the search list)
                 +[no]short          (answers only)
                 +[no]tcp            (ask over TCP)
                 +time=### +tries=### +retry=###
                                     (seconds of patience, and how often)
                 +[no]trace          (from the root down)
        -h                           (this text)
        -v                           (the version)
`;
