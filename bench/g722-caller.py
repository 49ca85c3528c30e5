#!/usr/bin/env python3
"""Makes the load kit's callers speak G.722, which the kit does not know, so that the host has to transcode.

    g722-caller.py LISTEN_IP:PORT HOST_IP:PORT CALLER_IP:PORT AGENT_IP:PORT SOCKETS

SIP of the kit passes to the host and back; only what a caller calls payload type 0 becomes G722/8000 (an rtpmap may say so).
The packets go directly, 160 bytes of 20 ms in either format. What is transcoded can't be matched to what was sent, so the loss
is what the host's RTCP says: it listens at the SOCKETS ports behind those of the kit, on either side. SIGTERM ends it: it prints
one JSON line with packets the host was sent and missed, and what it sent itself."""
import json
import selectors
import signal
import socket
import struct
import sys

SENDER_REPORT, RECEIVER_REPORT = 200, 201


def address(text):
    ip, port = text.split(":")
    return ip, int(port)


def udp(local):
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    opened.bind(local)
    return opened


listen, host, caller, agent = (address(text) for text in sys.argv[1:5])
sip = udp(listen)
ready = selectors.DefaultSelector()
ready.register(sip, selectors.EVENT_READ)
for ip, port in (caller, agent):
    for i in range(int(sys.argv[5])):
        ready.register(udp((ip, port + 1001 + 2 * i)), selectors.EVENT_READ)

sent = {}      # by SSRC of the host: packets of its last report
received = {}  # by SSRC of the host: expected and lost of its last report


def signalling():
    message, source = sip.recvfrom(65536)
    if source == host:
        sip.sendto(message, caller)
        return
    if source == caller:
        # As long as before, so Content-Length stays.
        message = message.replace(b"rtpmap:0 PCMU/8000", b"rtpmap:0 G722/8000")
    sip.sendto(message, host)


# Reports of one compound packet (RFC 3550 section 6.4). The kit's streams begin at sequence number 1.
def reports(packet):
    at = 0
    while at + 8 <= len(packet):
        first, kind, words, source = struct.unpack_from("!BBHI", packet, at)
        if kind == SENDER_REPORT:
            sent[source] = struct.unpack_from("!I", packet, at + 20)[0]
        block = at + (28 if kind == SENDER_REPORT else 8)
        if kind in (SENDER_REPORT, RECEIVER_REPORT) and first & 31:
            lost = int.from_bytes(packet[block + 5:block + 8], "big", signed=True)
            received[source] = struct.unpack_from("!I", packet, block + 8)[0], lost
        at += 4 * (words + 1)


def stop(*_):
    expected, lost = (sum(column) for column in zip(*received.values())) if received else (0, 0)
    print(json.dumps({"legs": len(sent), "to_host": expected, "lost_to_host": lost, "from_host": sum(sent.values())}), flush=True)
    sys.exit()


signal.signal(signal.SIGTERM, stop)
while True:
    for key, _ in ready.select():
        if key.fileobj is sip:
            signalling()
        else:
            reports(key.fileobj.recv(2048))
