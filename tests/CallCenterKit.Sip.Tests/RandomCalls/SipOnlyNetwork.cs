using System.Net;
using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.RandomCalls;

/// <summary>A network for phones whose audio nobody listens to: only port 5060 is connected.</summary>
internal sealed class SipOnlyNetwork(VirtualNetwork network) : IDatagramNetwork
{
    private int _nextPort = 20_000;

    public IDatagramEndpoint Open(IPEndPoint local, DatagramHandler received)
    {
        if (local.Port == 5060) return network.Open(local, received);
        var port = local.Port == 0 ? 20_000 + (Interlocked.Add(ref _nextPort, 2) % 20_000) : local.Port;
        return new Unconnected(new(local.Address, port));
    }

    private sealed class Unconnected(IPEndPoint local) : IDatagramEndpoint
    {
        public IPEndPoint LocalEndPoint => local;

        public void Send(ReadOnlySpan<byte> datagram, IPEndPoint destination)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
