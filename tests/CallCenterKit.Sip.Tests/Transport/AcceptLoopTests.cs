using System.Net.Sockets;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.Transport;

public class AcceptLoopTests
{
    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    [Fact]
    public async Task Failures_are_told_once_and_tried_again_after_ever_longer_pauses()
    {
        var time = new VirtualTimeProvider();
        using var closing = new CancellationTokenSource();
        var (attempts, failures) = (new List<TimeSpan>(), 8);
        var (told, admitted) = (new List<string>(), 0);
        var loop = new AcceptLoop(
            async _ =>
            {
                await Task.CompletedTask;
                attempts.Add(time.GetElapsedTime(0));
                if (attempts.Count <= failures) throw new SocketException((int)SocketError.TooManyOpenSockets);
                if (attempts.Count == failures + 2) await closing.CancelAsync();
                return NewSocket();
            },
            socket =>
            {
                admitted++;
                socket.Dispose();
            },
            time)
        { OnTrouble = exception => told.Add(exception?.SocketErrorCode.ToString() ?? "over") };

        var running = loop.RunAsync(closing.Token);
        for (var i = 0; i < failures; i++) await time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await running;

        Assert.Equal(["TooManyOpenSockets", "over"], told);
        Assert.Equal(2, admitted);
        Assert.Equal(failures + 2, attempts.Count);
        Assert.All(attempts.Take(failures).Zip(attempts.Skip(1)), pair => Assert.True(pair.Second > pair.First));
    }

    [Fact]
    public async Task Connection_that_is_gone_when_it_is_looked_at_does_not_end_the_loop()
    {
        using var closing = new CancellationTokenSource();
        var sockets = new List<Socket>();
        var loop = new AcceptLoop(
            _ =>
            {
                if (sockets.Count == 2) throw new OperationCanceledException();
                sockets.Add(NewSocket());
                return new(sockets[^1]);
            },
            _ => throw new SocketException((int)SocketError.NotConnected),
            TimeProvider.System);

        await loop.RunAsync(closing.Token);

        Assert.All(sockets, socket => Assert.Throws<ObjectDisposedException>(() => socket.Listen()));
    }
}
