using CallCenterKit.Media.Engine;
using CallCenterKit.Registrations;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Loopback;

public sealed class SipTelephonyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("udp", 41000)]
    [InlineData("tcp", 42000)]
    [InlineData("tls", 43000)]
    public async Task Two_drivers_call_each_other_send_digits_and_hang_up_over_real_sockets(string protocol, int firstPort)
    {
        using var authority = new TestAuthority();
        void Secure(SipOptions options)
        {
            options.Tls.CertificateFile = authority.Issue("driver.pem", "127.0.0.1");
            options.Tls.TrustedCertificatesFile = authority.RootFile;
        }

        var listen = $"{protocol}:127.0.0.1:0";
        using var media = new MediaEngine(
            new MediaOptions { BindAddress = "127.0.0.1", FirstPort = firstPort, LastPort = firstPort + 998, Threads = 1 }, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        var host = new Host();
        await using var caller = await StartAsync(media, new Host(), listen, Secure);
        await using var callee = await StartAsync(media, host, listen, Secure);

        var dialling = caller.DialAsync(
            new()
            {
                Id = new(Guid.Empty),
                Target = new DialTarget.ToAddress($"sip:100@{callee.BoundEndPoints[0]};transport={protocol}"),
                Caller = new("200", "Two Hundred"),
            },
            default).AsTask();
        var inbound = await host.Incoming.Task.WaitAsync(Limit);
        Assert.Equal(new CallParty("200", "Two Hundred"), inbound.From);
        await inbound.AnswerAsync(default);
        var outbound = Assert.IsType<DialOutcome.Answered>(await dialling.WaitAsync(Limit)).Call;

        await outbound.SendDigitsAsync("4", TimeSpan.FromMilliseconds(100), default).AsTask().WaitAsync(Limit);
        Assert.Equal('4', await host.Digit.Task.WaitAsync(Limit));
        Assert.Equal(PlayEnd.Finished, await inbound.PlayAsync(new([new PlaySource.Tone(ToneKind.Beep)]), default).AsTask().WaitAsync(Limit));

        outbound.HangUp(HangUpCause.Normal);
        Assert.Equal(new CallEnding(HangUpCause.Normal, CallEndedBy.Party), await host.Ended.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task Port_in_use_stops_the_start_with_a_message_that_names_it()
    {
        using var media = new MediaEngine(new MediaOptions { BindAddress = "127.0.0.1" }, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        await using var first = await StartAsync(media, new Host());

        var fault = await Assert.ThrowsAsync<IOException>(() => StartAsync(media, new Host(), first.BoundEndPoints[0].ToString()));

        Assert.Contains(first.BoundEndPoints[0].ToString(), fault.Message, StringComparison.Ordinal);
    }

    private static async Task<SipTelephony> StartAsync(MediaEngine media, Host host, string listen = "127.0.0.1:0", Action<SipOptions>? configure = null)
    {
        var options = new SipOptions();
        options.Listen.Add(listen);
        options.TrustedPeers.Add(new() { Name = "loopback", Address = "127.0.0.0/8" });
        configure?.Invoke(options);
        var driver = new SipTelephony(options, media, new InMemoryRegistrationStore(), new(TimeProvider.System, new IdSource(TimeProvider.System)));
        await driver.StartAsync(host, default);
        return driver;
    }

    private sealed class Host : ITelephonySink
    {
        public TaskCompletionSource<ICall> Incoming { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<char> Digit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<CallEnding> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnIncoming(ICall call) => Incoming.TrySetResult(call);

        public void OnSignal(ICall call, CallSignal signal)
        {
            if (signal is CallSignal.Digit digit)
                Digit.TrySetResult(digit.Key);
            else if (signal is CallSignal.Ended ended)
                Ended.TrySetResult(ended.Ending);
        }

        public void OnReachability(EndpointId endpoint, bool reachable)
        {
        }
    }
}
