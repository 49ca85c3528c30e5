using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CallCenterKit.Tests.Interop;

/// <summary>What baresip reports, for instance CALL_ESTABLISHED; <see cref="Param"/> depends on the type.</summary>
internal sealed record BaresipEvent(string Type, string PeerUri, string Param);

/// <summary>The control connection of baresip's ctrl_tcp module: JSON in netstrings, commands out, answers and events in.</summary>
internal sealed class BaresipControl : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly TcpClient _connection;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private readonly List<BaresipEvent> _unseen = [];
    private readonly Dictionary<string, TaskCompletionSource<string>> _answers = [];
    private readonly List<string> _log = [];
    private TaskCompletionSource _arrived = NewSignal();
    private int _lastToken;

    private BaresipControl(TcpClient connection)
    {
        _connection = connection;
        _reading = ReadAsync();
    }

    /// <summary>All that came in, in order: for the message of a failed assertion.</summary>
    public string Log
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _log);
        }
    }

    /// <summary>Connects as soon as the program listens, and gives up when it has ended or ten seconds have passed.</summary>
    public static async Task<BaresipControl> ConnectAsync(int port, ExternalProgram program)
    {
        for (var attempt = 0; ; attempt++)
        {
            var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(IPAddress.Loopback, port);
                return new BaresipControl(connection);
            }
            catch (SocketException) when (attempt < 200 && !program.HasExited)
            {
                connection.Dispose();
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
            catch (SocketException refused)
            {
                throw new InvalidOperationException($"baresip does not listen on port {port}.\n{program.Output}", refused);
            }
        }
    }

    /// <summary>Gives one of baresip's long commands, such as dial.</summary>
    /// <exception cref="InvalidOperationException">baresip answered that it could not.</exception>
    public async Task<string> CommandAsync(string command, string? parameters = null)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        string token;
        lock (_gate)
        {
            token = (++_lastToken).ToString(CultureInfo.InvariantCulture);
            _answers.Add(token, answer);
        }

        var json = new JsonObject { ["command"] = command, ["params"] = parameters, ["token"] = token }.ToJsonString();
        await _connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(json)}:{json},"));
        return await answer.Task.WaitAsync(AnswerLimit);
    }

    /// <summary>Takes the oldest event of a type that nobody has taken yet, or waits for the next.</summary>
    public async Task<BaresipEvent> NextAsync(string type, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_unseen.FirstOrDefault(seen => seen.Type == type) is { } found)
                {
                    _unseen.Remove(found);
                    return found;
                }

                arrived = _arrived.Task;
            }

            try
            {
                await arrived.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No {type} within {limit}. So far:\n{Log}");
            }
        }
    }

    /// <summary>Events of a type that came and were not taken.</summary>
    public int Count(string type)
    {
        lock (_gate)
            return _unseen.Count(seen => seen.Type == type);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _connection.Dispose();
        await _reading;
        _closing.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAsync()
    {
        try
        {
            var stream = _connection.GetStream();
            var pending = new List<byte>();
            var buffer = new byte[8192];
            int read;
            while ((read = await stream.ReadAsync(buffer, _closing.Token)) > 0)
            {
                pending.AddRange(buffer.AsSpan(0, read));
                while (TakeMessage(pending) is { } message)
                    Accept(message);
            }
        }
        catch (Exception closed) when (closed is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // baresip has quit or the test is over; whoever still waits runs into its limit with the log in the message.
        }
    }

    // netstring: length in decimal, a colon, the bytes, a comma
    private static string? TakeMessage(List<byte> pending)
    {
        var colon = pending.IndexOf((byte)':');
        if (colon < 0)
            return null;
        var length = int.Parse(Encoding.ASCII.GetString([.. pending[..colon]]), CultureInfo.InvariantCulture);
        var end = colon + 1 + length;
        if (pending.Count <= end)
            return null;
        var message = Encoding.UTF8.GetString([.. pending[(colon + 1)..end]]);
        pending.RemoveRange(0, end + 1);
        return message;
    }

    private void Accept(string message)
    {
        var node = JsonSerializer.Deserialize<JsonObject>(message)!;
        lock (_gate)
        {
            _log.Add(message);
            if ((bool?)node["response"] is true)
                AcceptAnswer(node);
            else if ((bool?)node["event"] is true)
                AcceptEvent(node);
        }
    }

    private void AcceptAnswer(JsonObject node)
    {
        if (!_answers.Remove((string?)node["token"] ?? "", out var answer))
            return;
        var data = (string?)node["data"] ?? "";
        if ((bool?)node["ok"] is true)
            answer.SetResult(data);
        else
            answer.SetException(new InvalidOperationException($"baresip refused: {data}"));
    }

    private void AcceptEvent(JsonObject node)
    {
        _unseen.Add(new((string)node["type"]!, (string?)node["peeruri"] ?? "", (string?)node["param"] ?? ""));
        var waiting = _arrived;
        _arrived = NewSignal();
        waiting.SetResult();
    }
}
