using System.Net.Sockets;

namespace CallCenterKit.Sip.Transport;

/// <summary>Takes connections, whatever becomes of one of them; waits a little when the operating system has none to give.</summary>
/// <param name="accept">Waits for the next connection.</param>
/// <param name="admit">Takes it over. May throw <see cref="SocketException"/> for one that is gone already.</param>
/// <param name="time">Clock of the pauses.</param>
internal sealed class AcceptLoop(Func<CancellationToken, ValueTask<Socket>> accept, Action<Socket> admit, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Called with the first of several failures in a row, and with null when connections come again.</summary>
    internal Action<SocketException?> OnTrouble { get; init; } = _ => { };

    /// <summary>Until it is cancelled or the listener is closed. Throws nothing else.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Admit(await accept(cancellationToken).ConfigureAwait(false));
                if (pause > TimeSpan.Zero) OnTrouble(null);
                pause = TimeSpan.Zero;
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // Too many open files, no memory: the connection stays in the queue, and accepting again at once would fail again.
                if (cancellationToken.IsCancellationRequested) return;
                if (pause == TimeSpan.Zero) OnTrouble(exception);
                pause = pause == TimeSpan.Zero ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Admit(Socket socket)
    {
        try
        {
            admit(socket);
        }
        catch (SocketException)
        {
            socket.Dispose(); // reset between accepting and looking at it
        }
    }
}
