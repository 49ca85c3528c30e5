using CallCenterKit.Journal;
using CallCenterKit.Sip;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Hosting;

/// <summary>A driver that fails at the end.</summary>
public sealed class BrokenDriverTests
{
    [Fact]
    public async Task A_driver_that_cannot_be_closed_does_not_keep_the_journal_open()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Services
            .AddSingleton<ITelephony>(provider => provider.GetRequiredService<SipTelephony>())
            .AddSingleton<ITelephony>(new Stubborn()));
        center.Log.Expect(7302);

        await center.StopAsync();

        Assert.Equal(1, center.Log.CountOf(7302));
        Assert.IsType<CenterStopped>(center.Memory.Journal.Entries[^1].Event);
        await center.AfterwardsAsync();
    }

    private sealed class Stubborn : ITelephony
    {
        private bool _asked;

        public string Name => "stubborn";

        public VoiceCapabilities Capabilities => VoiceCapabilities.None;

        public ValueTask StartAsync(ITelephonySink sink, CancellationToken cancellationToken) => default;

        public void StopAccepting()
        {
        }

        public ValueTask<DialOutcome> DialAsync(DialRequest request, CancellationToken cancellationToken) => new(new DialOutcome.Unreachable("never"));

        public IBridge CreateBridge() => throw new NotSupportedException();

        public bool IsReachable(EndpointId endpoint) => false;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _asked, true) ? default : throw new InvalidOperationException("The socket is stuck.");
    }
}
