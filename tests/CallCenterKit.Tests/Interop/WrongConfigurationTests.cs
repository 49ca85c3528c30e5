using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Tests.Interop;

/// <summary>A host that cannot work does not start, and says why in one line.</summary>
[Collection(InteropCollection.Name)]
public class WrongConfigurationTests
{
    [Theory]
    [InlineData("Queues:support:Strategy=roulette", "Queue 'support': strategy 'roulette' is unknown. Strategies: *'longest-idle'*")]
    [InlineData("DialPlan:200=queue:support", "Dial plan number '200' is also an extension; each number can lead to one place only.")]
    [InlineData("Queues:support:Music=nowhere.wav", "Queue 'support': Music 'nowhere.wav' is not in *prompts*.")]
    [InlineData("Queues:support:RingTime=00:10:00", "Queue 'support': RingTime is '00:10:00'. *00:05:00*")]
    [InlineData("Media:LastPort=70000", "Media: LastPort 70000*65534*")]
    [InlineData("Sip:NonceLife=00:00:01", "Sip: NonceLife *'00:00:01'*")]
    public async Task A_wrong_value_stops_the_start_with_one_line_that_names_it(string setting, string reason)
    {
        using var folder = new ScratchFolder();

        var (exitCode, output) = await HostProcess.FailAsync(folder, HostProcess.FreeAddress(), setting);

        Assert.Equal(1, exitCode);
        AssertOneReason(reason, output);
        Assert.False(File.Exists(folder.File("center.db")), "Nothing is made before the options are checked.");
    }

    [Fact]
    public async Task A_port_in_use_stops_the_start_with_one_line_that_names_it()
    {
        using var folder = new ScratchFolder();
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var taken = (IPEndPoint)other.LocalEndPoint!;

        var (exitCode, output) = await HostProcess.FailAsync(folder, taken);

        Assert.Equal(1, exitCode);
        AssertOneReason($"*{taken}*", output);
    }

    private static void AssertOneReason(string pattern, string output)
    {
        var lines = output.Split('\n');
        var start = Array.IndexOf(lines, "The call center cannot start:");
        Assert.True(start >= 0, output);
        var reason = Assert.Single(lines[(start + 1)..], line => line.StartsWith("  ", StringComparison.Ordinal)).Trim();
        var parts = pattern.Split('*');
        Assert.StartsWith(parts[0], reason, StringComparison.Ordinal);
        Assert.EndsWith(parts[^1], reason, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, reason, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
