/* The floor a relay of RTP is compared with: epoll, recv, sendto, and nothing that knows of RTP.
 *   cc -O2 -o udp-relay udp-relay.c
 *   udp-relay LISTEN_IP:PORT AGENT_IP:PORT FIRST_PORT LAST_PORT
 * Each call has two sockets of the range, one a side; what comes in at one goes out by the other. So that the load kit can set
 * calls up, SIP over UDP passes between its caller and its agent unread but for Call-ID and where the audio goes.
 * SIGTERM ends it: it prints how many packets it passed on and what CPU time each cost, as one JSON line.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct sockaddr_in Address;

struct port { int socket; Address to; };      /* to: the party behind this socket; family 0 while unknown */
struct call { char id[128]; };

enum { CALLER, AGENT, SIGNALLING = -1, EVENTS = 256, PACKET = 2048, MESSAGE = 65536 };

static struct port *ports;
static struct call *calls;
static int pairs, used;
static int first_port;
static char own_ip[32];
static volatile sig_atomic_t stopped;

static void stop(int signal) { (void)signal; stopped = 1; }

static Address address(const char *text)
{
    Address a = { .sin_family = AF_INET };
    char ip[64];
    snprintf(ip, sizeof ip, "%s", text);
    char *colon = strchr(ip, ':');
    if (colon) { a.sin_port = htons(atoi(colon + 1)); *colon = 0; }
    if (inet_pton(AF_INET, ip, &a.sin_addr) != 1) { fprintf(stderr, "%s is no address\n", text); exit(2); }
    return a;
}

static int open_socket(Address local)
{
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), size = 1 << 20;
    setsockopt(s, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    if (s < 0 || bind(s, (struct sockaddr *)&local, sizeof local)) { perror("socket"); exit(1); }
    return s;
}

/* ---- audio ---- */

static int pass(int index, char *packet)
{
    int length = recv(ports[index].socket, packet, PACKET, 0);
    struct port *out = &ports[index ^ 1];
    return length > 0 && out->to.sin_family
        && sendto(out->socket, packet, length, 0, (struct sockaddr *)&out->to, sizeof out->to) == length;
}

/* ---- calls ---- */

static int pair_of(const char *message)
{
    const char *start = strcasestr(message, "\r\nCall-ID:"), *end = start ? strstr(start + 2, "\r\n") : NULL;
    if (!end) return -1;
    char id[128];
    snprintf(id, sizeof id, "%.*s", (int)(end - start - 10), start + 10);
    for (int i = used - 1; i >= 0; i--)
        if (!strcmp(calls[i].id, id)) return i;
    if (used == pairs) return -1;
    memcpy(calls[used].id, id, sizeof id);
    return used++;
}

/* Notes where the sender wants its audio, and names the other socket of the pair in its place. */
static int rewrite(const char *message, char *out, int side)
{
    int pair = pair_of(message);
    const char *body = strstr(message, "\r\n\r\n"), *length = strcasestr(message, "\r\nContent-Length:");
    const char *ip = body ? strstr(body, "c=IN IP4 ") : NULL, *port = body ? strstr(body, "m=audio ") : NULL;
    if (pair < 0) return 0;
    if (!ip || !port || !length || length > body) return sprintf(out, "%s", message);
    struct port *own = &ports[(2 * pair) + side];
    char address_text[32];
    sscanf(ip + 9, "%31[0-9.]", address_text);
    own->to = address(address_text);
    own->to.sin_port = htons(atoi(port + 8));

    char sdp[4096];
    const char *rest = port + 8 + strspn(port + 8, "0123456789");
    int other = first_port + (2 * ((2 * pair) + !side));
    int size = snprintf(sdp, sizeof sdp, "%.*sc=IN IP4 %s%.*sm=audio %d%s", (int)(ip - body - 4), body + 4, own_ip,
        (int)(port - ip - 9 - strlen(address_text)), ip + 9 + strlen(address_text), other, rest);
    const char *after = strstr(length + 2, "\r\n");
    return sprintf(out, "%.*s\r\nContent-Length: %d%.*s\r\n\r\n%s", (int)(length - message), message, size, (int)(body - after), after, sdp);
}

static void signal_on(int socket, Address agent)
{
    static Address caller;
    static char in[MESSAGE], out[2 * MESSAGE];
    Address from;
    socklen_t size = sizeof from;
    int length = recvfrom(socket, in, sizeof in - 1, 0, (struct sockaddr *)&from, &size);
    if (length <= 0) return;
    in[length] = 0;
    int side = from.sin_addr.s_addr == agent.sin_addr.s_addr && from.sin_port == agent.sin_port ? AGENT : CALLER;
    if (side == CALLER) caller = from;
    length = rewrite(in, out, side);
    Address to = side == CALLER ? agent : caller;
    if (length > 0) sendto(socket, out, length, 0, (struct sockaddr *)&to, sizeof to);
}

int main(int count, char **arguments)
{
    if (count != 5) { fprintf(stderr, "udp-relay LISTEN_IP:PORT AGENT_IP:PORT FIRST_PORT LAST_PORT\n"); return 2; }
    Address own = address(arguments[1]), agent = address(arguments[2]);
    first_port = atoi(arguments[3]);
    pairs = (atoi(arguments[4]) - first_port + 2) / 4;
    inet_ntop(AF_INET, &own.sin_addr, own_ip, sizeof own_ip);
    ports = calloc(2 * pairs, sizeof *ports);
    calls = calloc(pairs, sizeof *calls);
    signal(SIGTERM, stop);
    signal(SIGINT, stop);

    int poll = epoll_create1(0), sip = open_socket(own);
    epoll_ctl(poll, EPOLL_CTL_ADD, sip, &(struct epoll_event){ .events = EPOLLIN, .data.fd = SIGNALLING });
    for (int i = 0; i < 2 * pairs; i++) {
        Address local = own;
        local.sin_port = htons(first_port + (2 * i));
        ports[i].socket = open_socket(local);
        epoll_ctl(poll, EPOLL_CTL_ADD, ports[i].socket, &(struct epoll_event){ .events = EPOLLIN, .data.fd = i });
    }

    unsigned long long passed = 0;
    static struct epoll_event events[EVENTS];
    static char packet[PACKET];
    while (!stopped) {
        int ready = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == SIGNALLING) signal_on(sip, agent);
            else passed += pass(events[i].data.fd, packet);
        }
    }

    struct rusage cpu;
    getrusage(RUSAGE_SELF, &cpu);
    double micros = (cpu.ru_utime.tv_sec + cpu.ru_stime.tv_sec) * 1e6 + cpu.ru_utime.tv_usec + cpu.ru_stime.tv_usec;
    printf("{\"packets\":%llu,\"calls\":%d,\"cpu_s\":%.3f,\"us_per_packet\":%.3f}\n", passed, used, micros / 1e6, passed ? micros / passed : 0);
    return 0;
}
