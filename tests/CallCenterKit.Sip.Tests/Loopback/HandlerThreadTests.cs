using CallCenterKit.Media.Engine;
using CallCenterKit.Registrations;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Sip.Tests.Loopback;

/// <summary>Stopping the driver on its own threads.</summary>
public sealed class HandlerThreadTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("incoming", 0)]
    [InlineData("incoming", 1)]
    [InlineData("Answered", 0)]
    [InlineData("Answered", 1)]
    [InlineData("Ended", 1)]
    public async Task Driver_can_be_stopped_from_within_what_it_tells_whatever_the_goodbye_time(string when, int goodbyeSeconds)
    {
        using var media = new MediaEngine(
            new MediaOptions { BindAddress = "127.0.0.1", FirstPort = 42000, LastPort = 42998, Threads = 1 }, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        SipTelephony? callee = null;
        ICall? inbound = null;
        var host = new Host((call, what) =>
        {
            inbound = call;
            if (what == when)
                _ = StopAsync(callee!, stopped);
            else if (what == "incoming")
                _ = call.AnswerAsync(default).AsTask();
            else if (what == "Answered")
                call.HangUp(HangUpCause.Normal);
        });
        await using var caller = await StartAsync(media, new Host((_, _) => { }), goodbyeSeconds);
        callee = await StartAsync(media, host, goodbyeSeconds);

        using var givingUp = new CancellationTokenSource();
        var dialling = caller.DialAsync(
            new() { Id = new(Guid.Empty), Target = new DialTarget.ToAddress($"sip:100@{callee.BoundEndPoints[0]}"), Caller = new("200") }, givingUp.Token).AsTask();
        await stopped.Task.WaitAsync(Limit);

        inbound!.HangUp(HangUpCause.Normal); // also of a driver that is gone
        Assert.Equal(0, callee.LiveCalls);
        await givingUp.CancelAsync(); // nobody is left to answer
        await Task.WhenAny(dialling).WaitAsync(Limit);
    }

    [Fact]
    public async Task Host_that_waits_for_the_end_of_the_driver_where_it_is_told_something_does_not_wait_for_ever()
    {
        using var media = new MediaEngine(
            new MediaOptions { BindAddress = "127.0.0.1", FirstPort = 43000, LastPort = 43998, Threads = 1 }, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        SipTelephony? callee = null;
        var host = new Host((_, what) =>
        {
            if (what != "incoming")
                return;
            callee!.DisposeAsync().AsTask().GetAwaiter().GetResult();
            stopped.TrySetResult();
        });
        await using var caller = await StartAsync(media, new Host((_, _) => { }), goodbyeSeconds: 0);
        callee = await StartAsync(media, host, goodbyeSeconds: 0);

        _ = caller.DialAsync(
            new() { Id = new(Guid.Empty), Target = new DialTarget.ToAddress($"sip:100@{callee.BoundEndPoints[0]}"), Caller = new("200") }, default).AsTask();

        await stopped.Task.WaitAsync(Limit);
    }

    private static async Task StopAsync(SipTelephony driver, TaskCompletionSource stopped)
    {
        await driver.DisposeAsync();
        stopped.TrySetResult();
    }

    private static async Task<SipTelephony> StartAsync(MediaEngine media, Host host, int goodbyeSeconds)
    {
        var options = new SipOptions { GoodbyeTime = TimeSpan.FromSeconds(goodbyeSeconds), Workers = 2 };
        options.Listen.Add("127.0.0.1:0");
        options.TrustedPeers.Add(new() { Name = "loopback", Address = "127.0.0.0/8" });
        var driver = new SipTelephony(options, media, new InMemoryRegistrationStore(), new(TimeProvider.System, new IdSource(TimeProvider.System)));
        await driver.StartAsync(host, default);
        return driver;
    }

    private sealed class Host(Action<ICall, string> onTold) : ITelephonySink
    {
        public void OnIncoming(ICall call) => onTold(call, "incoming");

        public void OnSignal(ICall call, CallSignal signal) => onTold(call, signal.GetType().Name);

        public void OnReachability(EndpointId endpoint, bool reachable)
        {
        }
    }
}
