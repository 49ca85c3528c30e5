using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenterKit.Sip.Tests.Loopback;

/// <summary>The far end of a connection, which a test writes to and reads from as it likes.</summary>
internal sealed class StreamPeer(Socket socket) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly byte[] _buffer = new byte[65_536];

    internal IPEndPoint LocalEndPoint { get; } = (IPEndPoint)socket.LocalEndPoint!;

    internal static async Task<StreamPeer> ConnectAsync(IPEndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to).WaitAsync(Limit);
        return new(socket);
    }

    internal void Write(string text) => socket.Send(Encoding.Latin1.GetBytes(text));

    /// <summary>What comes until it ends so; all there is, when the connection ends.</summary>
    internal async Task<string> ReadAsync(string end)
    {
        var text = "";
        while (!text.EndsWith(end, StringComparison.Ordinal))
        {
            var length = await ReadSomeAsync();
            if (length == 0) return text;
            text += Encoding.Latin1.GetString(_buffer, 0, length);
        }

        return text;
    }

    /// <summary>What still comes before the connection ends.</summary>
    internal async Task<string> ReadToEndAsync()
    {
        var text = "";
        while (await ReadSomeAsync() is > 0 and var length) text += Encoding.Latin1.GetString(_buffer, 0, length);
        return text;
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> ReadSomeAsync()
    {
        try
        {
            return await socket.ReceiveAsync(_buffer).WaitAsync(Limit);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
