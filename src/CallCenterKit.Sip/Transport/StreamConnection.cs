using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace CallCenterKit.Sip.Transport;

/// <summary>One connection: a loop that receives, and a queue that is written by whoever finds nobody writing.</summary>
/// <remarks>
/// What waits to be sent is one buffer: messages that come while another is written go out together, in their order.
/// An idle connection holds no buffer. All its deadlines are looked at by the timer of its transport.
/// </remarks>
internal sealed class StreamConnection
{
    private const int MaxRoundsInARow = 8;
    private const long Never = -1;
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly StreamSipTransport _owner;
    private readonly Socket _socket;
    private readonly SipStreamOptions _options;
    private readonly TimeProvider _time;
    private readonly SipStreamFramer _framer;
    private readonly Lock _delivering = new();

    // Sending; all under its lock but what is being written.
    private readonly Lock _sending = new();
    private Stream? _stream;
    private byte[] _waiting = [];
    private int _waitingBytes;
    private bool _isWriting, _isParting, _isClosed;

    // Timestamps, read by the timer. The receiving loop writes them, but the last two.
    private readonly long _bornAt;
    private long _openedAt = Never, _heardAt, _messageSince = Never, _partingSince = Never;
    private long _writingSince = Never;
    private long _pingedAt = Never;
    private bool _hasSpoken, _isPongAwaited, _answersPings, _hasHalfPing;

    internal StreamConnection(StreamSipTransport owner, StreamConnectionKey key, ISipTransport transport, Socket socket, bool isOurs)
    {
        _owner = owner;
        Key = key;
        Transport = transport;
        _socket = socket;
        IsOurs = isOurs;
        _options = owner.Settings.Streams;
        _time = owner.Settings.Time;
        _framer = new(_options.MaxHeaderBytes, _options.MaxMessageBytes);
        _bornAt = _heardAt = _time.GetTimestamp();
    }

    internal StreamConnectionKey Key { get; }

    /// <summary>What its messages came by.</summary>
    internal ISipTransport Transport { get; }

    /// <summary>We opened it.</summary>
    internal bool IsOurs { get; }

    /// <summary>Queues a copy of the message, and writes it unless somebody writes already. Any thread.</summary>
    internal StreamSendResult Send(ReadOnlySpan<byte> message)
    {
        lock (_sending)
        {
            if (_isClosed || _isParting) return StreamSendResult.Closed;
            if (_waitingBytes + message.Length > _options.MaxQueuedBytes) return StreamSendResult.Full;
            Append(message);
            if (_isWriting || _stream is null) return StreamSendResult.Taken;
            _isWriting = true;
        }

        _ = WriteAsync(_stream!); // ends by itself when the connection is closed, and throws nothing
        return StreamSendResult.Taken;
    }

    /// <summary>Connects, secures and receives until the connection ends. Throws nothing.</summary>
    internal async Task RunAsync()
    {
        // Not on the thread that sends: it has calls to serve.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Stream? stream = null;
        try
        {
            if (IsOurs) await _socket.ConnectAsync(Key.Peer).ConfigureAwait(false);
            stream = await _owner.SecureAsync(_socket, this).ConfigureAwait(false);
            if (Open(stream)) await ReceiveAsync(stream).ConfigureAwait(false);
            Close("The peer has closed it.");
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or ObjectDisposedException or CryptographicException)
        {
            Close(exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message);
        }
#pragma warning disable CA1031 // one connection must not take others along; it is logged and closed
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TransportLog.ConnectionFault(_owner.Settings.Logger, Key.Peer, exception);
            Close("It met a fault.");
        }
        finally
        {
            if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes the connection down at once; what waits to be sent is lost. Any thread; again does nothing.</summary>
    internal void Close(string reason)
    {
        lock (_sending)
        {
            if (_isClosed) return;
            _isClosed = true;
            _waiting = []; // not to the pool: it may be about to be written
            _waitingBytes = 0;
        }

        _socket.Dispose();
        _owner.OnEnded(this, wasOpen: Volatile.Read(ref _openedAt) != Never, reason);
    }

    /// <summary>Returns when no message is being delivered; none is afterwards, if the transport is closed.</summary>
    internal void WaitForDelivery()
    {
        lock (_delivering)
        {
        }
    }

    /// <summary>Looks at the deadlines. By the timer of the transport alone.</summary>
    internal void Check(long now)
    {
        if (OverdueFor(now) is { } reason) Close(reason);
        else Ping(now);
    }

    private string? OverdueFor(long now)
    {
        if (Volatile.Read(ref _partingSince) is >= 0 and var parting) return IsOver(parting, FarewellTime, now) ? "It was refused." : null;
        var opened = Volatile.Read(ref _openedAt);
        if (opened < 0) return IsOver(_bornAt, IsOurs ? _options.ConnectTimeout : _options.HandshakeTimeout, now) ? "It was not made in time." : null;
        if (!Volatile.Read(ref _hasSpoken) && !IsOurs && IsOver(opened, _options.FirstMessageTimeout, now)) return "No message came.";
        // A second longer than the limit: while bytes come, the loop that receives them notices, and can answer.
        if (IsOver(Volatile.Read(ref _messageSince), _options.MessageTimeout + TimeSpan.FromSeconds(1), now)) return "A message was not finished in time.";
        if (IsOver(Volatile.Read(ref _writingSince), _options.DeadPeerTimeout, now)) return "The peer takes nothing.";
        var heard = Volatile.Read(ref _heardAt);
        if (Volatile.Read(ref _isPongAwaited) && Volatile.Read(ref _answersPings) && heard < _pingedAt && IsOver(_pingedAt, _options.DeadPeerTimeout, now))
            return "A keep-alive was not answered.";
        return IsOver(heard, _options.IdleTimeout, now) ? "Nothing came for too long." : null;
    }

    private bool IsOver(long since, TimeSpan limit, long now) => since >= 0 && _time.GetElapsedTime(since, now) >= limit;

    private void Ping(long now)
    {
        if (_options.KeepAliveInterval <= TimeSpan.Zero || Volatile.Read(ref _openedAt) < 0) return;
        if (!IsOver(Math.Max(Volatile.Read(ref _heardAt), _pingedAt), _options.KeepAliveInterval, now)) return;
        _pingedAt = now;
        Volatile.Write(ref _isPongAwaited, true);
        Send("\r\n\r\n"u8);
    }

    /// <summary>From now on it is written to; false when it was closed meanwhile.</summary>
    private bool Open(Stream stream)
    {
        var now = _time.GetTimestamp();
        Volatile.Write(ref _heardAt, now);
        Volatile.Write(ref _openedAt, now);
        lock (_sending)
        {
            if (_isClosed) return false;
            _stream = stream;
            if (_waitingBytes == 0) return true;
            _isWriting = true;
        }

        _ = WriteAsync(stream);
        return true;
    }

    private async Task ReceiveAsync(Stream stream)
    {
        while (true)
        {
            if (_framer.IsEmpty)
            {
                // Waits without a buffer.
                _framer.Release();
                await stream.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
            }

            var received = await stream.ReadAsync(_framer.Reserve()).ConfigureAwait(false);
            if (received == 0) return;
            var now = _time.GetTimestamp();
            Volatile.Write(ref _heardAt, now);
            _framer.Advance(received);
            if (Take(now)) continue;
            Part();
            await DiscardAsync(stream).ConfigureAwait(false);
            return;
        }
    }

    /// <summary>Delivers what is whole. False when nothing more is to be taken.</summary>
    private bool Take(long now)
    {
        var (wantsPong, hasProgress) = (false, false);
        while (true)
        {
            switch (_framer.Next(out var message))
            {
                case StreamItem.Message:
                    hasProgress = true;
                    _hasHalfPing = false;
                    Volatile.Write(ref _hasSpoken, true);
                    if (!Deliver(message)) return false;
                    break;
                case StreamItem.Ping:
                    wantsPong = true;
                    break;
                case StreamItem.LineBreak:
                    wantsPong |= TakeLineBreak();
                    break;
                case StreamItem.None:
                    if (wantsPong) Send("\r\n"u8);
                    return KeepTime(now, hasProgress);
                case StreamItem.Fault:
                    Refuse();
                    return false;
            }
        }
    }

    /// <summary>One CRLF answers a keep-alive of ours; two in two pieces are one of theirs.</summary>
    private bool TakeLineBreak()
    {
        if (Volatile.Read(ref _isPongAwaited))
        {
            Volatile.Write(ref _answersPings, true);
            Volatile.Write(ref _isPongAwaited, false);
            return false;
        }

        _hasHalfPing = !_hasHalfPing;
        return !_hasHalfPing;
    }

    private bool Deliver(ReadOnlySpan<byte> message)
    {
        lock (_delivering) return _owner.Deliver(this, message);
    }

    /// <summary>False when the message that is coming has taken too long.</summary>
    private bool KeepTime(long now, bool hasProgress)
    {
        if (_framer.IsEmpty)
        {
            Volatile.Write(ref _messageSince, Never);
        }
        else if (hasProgress || _messageSince == Never)
        {
            Volatile.Write(ref _messageSince, now);
        }
        else if (IsOver(_messageSince, _options.MessageTimeout, now))
        {
            _framer.GiveUp();
            Refuse();
            return false;
        }

        return true;
    }

    private void Refuse()
    {
        using var response = StreamRefusal.TryWrite(_framer.Fault, _framer.Unread, Key.Peer);
        if (response is not null) Send(response.Written);
    }

    /// <summary>What waits is still sent, then the peer is told that no more comes; it has a moment to read it.</summary>
    private void Part()
    {
        Volatile.Write(ref _partingSince, _time.GetTimestamp());
        bool isWriting;
        lock (_sending)
        {
            _isParting = true;
            isWriting = _isWriting;
        }

        _owner.Forget(this);
        if (!isWriting) EndSending();
    }

    /// <summary>Unread bytes would make the operating system reset the connection, and the answer be lost with it.</summary>
    private static async Task DiscardAsync(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }

    private void Append(ReadOnlySpan<byte> message)
    {
        if (_waiting.Length - _waitingBytes < message.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2048, Math.Max(_waitingBytes + message.Length, _waiting.Length * 2)));
            _waiting.AsSpan(0, _waitingBytes).CopyTo(larger);
            if (_waiting.Length > 0) ArrayPool<byte>.Shared.Return(_waiting);
            _waiting = larger;
        }

        message.CopyTo(_waiting.AsSpan(_waitingBytes));
        _waitingBytes += message.Length;
    }

    /// <summary>Writes what waits until nothing does. One at a time.</summary>
    private async Task WriteAsync(Stream stream)
    {
        try
        {
            for (var round = 1; TryTakeWaiting(out var buffer, out var bytes); round++)
            {
                // Whoever came with one message is not kept for those of others.
                if (round % MaxRoundsInARow == 0) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                Volatile.Write(ref _writingSince, _time.GetTimestamp());
                await stream.WriteAsync(buffer.AsMemory(0, bytes)).ConfigureAwait(false);
                Volatile.Write(ref _writingSince, Never);
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            Close(exception.Message);
        }
#pragma warning disable CA1031 // one connection must not take others along; it is logged and closed
        catch (Exception exception)
#pragma warning restore CA1031
        {
            TransportLog.ConnectionFault(_owner.Settings.Logger, Key.Peer, exception);
            Close("It met a fault.");
        }
    }

    private bool TryTakeWaiting(out byte[] buffer, out int bytes)
    {
        lock (_sending)
        {
            (buffer, bytes) = (_waiting, _waitingBytes);
            (_waiting, _waitingBytes) = ([], 0);
            if (bytes > 0) return true;
            _isWriting = false;
            if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
            if (!_isParting) return false;
        }

        EndSending();
        return false;
    }
}
