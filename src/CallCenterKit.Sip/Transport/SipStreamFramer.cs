using System.Buffers;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transport;

/// <summary>Divides a stream into messages by Content-Length (RFC 3261 §18.3), in the buffer it was received into.</summary>
/// <remarks>One thread. It holds a buffer while there is something in it only.</remarks>
/// <param name="maxHeaderBytes">Start line and header.</param>
/// <param name="maxMessageBytes">Header and body.</param>
internal sealed class SipStreamFramer(int maxHeaderBytes, int maxMessageBytes)
{
    private const int FirstBufferBytes = 4096;

    private byte[] _buffer = [];
    private int _start, _end;

    // Of the message that begins at _start: bytes known not to hold the end of its header, and its length once that is known.
    private int _searched, _length;

    internal bool IsEmpty => _start == _end;

    /// <summary>Set once: nothing is read from the stream after it.</summary>
    internal StreamFault Fault { get; private set; }

    /// <summary>What has been received and not been taken; after a fault, the message that has it.</summary>
    internal ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Room to receive into. Makes the message taken last invalid.</summary>
    internal Memory<byte> Reserve()
    {
        if (IsEmpty) _start = _end = 0;
        var wanted = Math.Max(_length, FirstBufferBytes);
        if (_end == _buffer.Length || _start + _length > _buffer.Length)
        {
            var unread = _end - _start;
            if (_start > 0 && Math.Max(_length, unread + 1) <= _buffer.Length) MoveTo(_buffer);
            else Grow(Math.Max(wanted, unread * 2));
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>So many bytes have been received into <see cref="Reserve"/>.</summary>
    internal void Advance(int bytes) => _end += bytes;

    /// <summary>Gives the buffer back, if there is nothing in it.</summary>
    internal void Release()
    {
        if (!IsEmpty || _buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
    }

    /// <summary>Takes what stands next.</summary>
    /// <param name="message">Valid until the next <see cref="Reserve"/> or <see cref="Release"/>.</param>
    internal StreamItem Next(out ReadOnlySpan<byte> message)
    {
        message = default;
        if (Fault != StreamFault.None) return StreamItem.Fault;
        if (_length == 0)
        {
            if (_searched == 0 && TakeLineBreaks(out var item)) return item;
            if (!FindLength()) return Fault == StreamFault.None ? StreamItem.None : StreamItem.Fault;
        }

        if (_end - _start < _length) return StreamItem.None;
        message = _buffer.AsSpan(_start, _length);
        _start += _length;
        _length = _searched = 0;
        return StreamItem.Message;
    }

    /// <summary>The rest of the message is not waited for.</summary>
    internal void GiveUp() => Fault = StreamFault.TooSlow;

    /// <summary>False when a message begins here.</summary>
    private bool TakeLineBreaks(out StreamItem item)
    {
        item = StreamItem.None;
        while (_start < _end)
        {
            var unread = Unread;
            if (unread[0] is not ((byte)'\r' or (byte)'\n')) return false;
            if (unread.StartsWith("\r\n\r\n"u8))
            {
                _start += 4;
                item = StreamItem.Ping;
                return true;
            }

            if (unread.StartsWith("\r\n"u8))
            {
                _start += 2;
                item = StreamItem.LineBreak;
                return true;
            }

            if (unread.Length == 1 && unread[0] == (byte)'\r') return true;
            _start++; // a CR or LF alone, from a sender that counts its body wrong by one
        }

        return true;
    }

    /// <summary>False when the header is not all there, or has a fault.</summary>
    private bool FindLength()
    {
        var unread = Unread;
        if (!SipText.IsToken(unread[..1])) return Fail(StreamFault.NotSip);
        var headerBytes = FindHeaderEnd(unread[..Math.Min(unread.Length, maxHeaderBytes)]);
        if (headerBytes < 0) return unread.Length < maxHeaderBytes ? false : Fail(StreamFault.HeaderTooLong);
        var fault = ReadContentLength(unread[..headerBytes], out var bodyBytes);
        if (fault != StreamFault.None) return Fail(fault);
        if (bodyBytes > maxMessageBytes - headerBytes) return Fail(StreamFault.TooLong);
        _length = headerBytes + (int)bodyBytes;
        return true;
    }

    private bool Fail(StreamFault fault)
    {
        Fault = fault;
        return false;
    }

    /// <summary>Behind the first empty line; -1 when there is none yet. As in the parser a lone LF ends a line too.</summary>
    private int FindHeaderEnd(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var found = text[_searched..].IndexOf((byte)'\n');
            if (found < 0)
            {
                _searched = text.Length;
                return -1;
            }

            var next = _searched + found + 1;
            var rest = text[next..];
            if (rest.StartsWith("\n"u8)) return next + 1;
            if (rest.StartsWith("\r\n"u8)) return next + 2;
            if (rest.IsEmpty || (rest.Length == 1 && rest[0] == (byte)'\r'))
            {
                _searched = next - 1;
                return -1;
            }

            _searched = next;
        }
    }

    private static StreamFault ReadContentLength(ReadOnlySpan<byte> header, out uint length)
    {
        length = 0;
        var found = false;
        while (TryCutField(ref header, out var field))
        {
            var colon = field.IndexOf((byte)':');
            if (colon <= 0 || SipHeaders.Find(SipText.Trim(field[..colon])) != SipHeader.ContentLength) continue;
            // A folded line is white space here (RFC 3261 §7.3.1).
            if (found || !SipText.TryParseUInt32(field[(colon + 1)..].Trim(" \t\r\n"u8), out length)) return StreamFault.BadContentLength;
            found = true;
        }

        return found ? StreamFault.None : StreamFault.NoContentLength;
    }

    /// <summary>One line with those that continue it.</summary>
    private static bool TryCutField(ref ReadOnlySpan<byte> header, out ReadOnlySpan<byte> field)
    {
        var end = 0;
        do
        {
            var found = header[end..].IndexOf((byte)'\n');
            end = found < 0 ? header.Length : end + found + 1;
        }
        while (end < header.Length && SipText.IsLws(header[end]));

        field = header[..end];
        header = header[end..];
        return !field.IsEmpty;
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        var old = _buffer;
        MoveTo(larger);
        _buffer = larger;
        if (old.Length > 0) ArrayPool<byte>.Shared.Return(old);
    }

    private void MoveTo(byte[] buffer)
    {
        Unread.CopyTo(buffer);
        _end -= _start;
        _start = 0;
    }
}
