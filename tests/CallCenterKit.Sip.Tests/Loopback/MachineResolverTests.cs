using System.Net;
using CallCenterKit.Sip.Resolving;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Loopback;

public sealed class MachineResolverTests
{
    [Fact]
    public async Task Default_resolver_finds_this_machine_without_asking_a_server()
    {
        var resolver = SipResolver.Create(new(), TimeProvider.System, NullLogger.Instance);

        var found = Assert.IsType<SipResolution.Found>(await resolver.ResolveAsync(new("localhost") { Port = 5070 }, default));

        Assert.Contains(found.Hops, hop => hop.EndPoint.Equals(new IPEndPoint(IPAddress.Loopback, 5070)));
    }
}
