using System.Buffers;
using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Messages;

/// <summary>A request or response as bytes where they lie, with an index of its header lines. Values are parsed when asked for.</summary>
/// <remarks>
/// Pooled and counted: whoever keeps it beyond a callback calls <see cref="Retain"/> and later <see cref="Dispose"/>.
/// Spans and views are valid until the last <see cref="Dispose"/>. One thread at a time, but Retain and Dispose.
/// </remarks>
internal sealed partial class SipMessage : IDisposable
{
    internal const int MaxBytes = 65535;
    internal const int MaxHeaders = 255;

    private const int KeptBufferBytes = 4096;
    private static readonly SipPool<SipMessage> Pool = new(1024);

    private readonly byte[] _first = new byte[SipHeaders.Count];
    private readonly byte[] _last = new byte[SipHeaders.Count];
    private HeaderEntry[] _headers = new HeaderEntry[32];
    private byte[] _buffer = [];
    private int _length;
    private int _headerCount;
    private int _references;
    private (int Start, int Length) _method, _uri, _reason, _body;
    private (int Start, int Length) _cseqMethod;

    private SipMessage()
    {
    }

    /// <summary>What is wrong with the message; the accessors work as far as it was readable.</summary>
    internal SipParseError Error { get; private set; }

    internal bool IsRequest { get; private set; }

    /// <summary>Of the request line; of a response, the method of its CSeq.</summary>
    internal SipMethod Method { get; private set; }

    /// <summary>The method as written.</summary>
    internal ReadOnlySpan<byte> MethodText => IsRequest ? Slice(_method) : Slice(_cseqMethod);

    /// <summary>Empty in a response.</summary>
    internal ReadOnlySpan<byte> RequestUri => Slice(_uri);

    /// <summary>100 to 699; 0 in a request.</summary>
    internal int StatusCode { get; private set; }

    internal ReadOnlySpan<byte> Reason => Slice(_reason);

    /// <summary>The body, cut to Content-Length; bytes behind it are ignored (RFC 3261 §18.3).</summary>
    internal ReadOnlySpan<byte> Body => Slice(_body);

    internal uint CSeq { get; private set; }

    /// <summary>Null when the header is missing, as from RFC 2543 clients.</summary>
    internal int? MaxForwards { get; private set; }

    /// <summary>The whole message.</summary>
    internal ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Where it came from; null for a message that did not come from the network.</summary>
    internal IPEndPoint? Source { get; set; }

    /// <summary>Which transport it came in by.</summary>
    internal ISipTransport? Transport { get; set; }

    /// <summary>When it was received, in ticks of the TimeProvider; 0 if not from the network.</summary>
    internal long ReceivedTimestamp { get; set; }

    internal ReadOnlySpan<byte> CallId => this[SipHeader.CallId];

    /// <summary>First value of the header field, unfolded and trimmed; empty when missing or empty.</summary>
    internal ReadOnlySpan<byte> this[SipHeader header] => _first[(int)header] is var index && index == 0 ? default : ValueAt(index);

    internal int HeaderCount => _headerCount;

    /// <summary>Copies the datagram into a pooled message and reads it. Never throws; see <see cref="Error"/>.</summary>
    internal static SipMessage Parse(ReadOnlySpan<byte> datagram)
    {
        var message = Pool.TryRent() ?? new SipMessage();
        message.Reset();
        if (datagram.Length > MaxBytes)
        {
            message.Error = SipParseError.TooLarge;
            return message;
        }

        message.Reserve(datagram.Length);
        datagram.CopyTo(message._buffer);
        message._length = datagram.Length;
        message.Read();
        return message;
    }

    /// <summary>One more owner. Any thread.</summary>
    internal SipMessage Retain()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>One owner less; after the last the buffer is used for other messages. Any thread.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _references) != 0) return;
        Source = null;
        Transport = null;
        if (_buffer.Length > KeptBufferBytes)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        Pool.Return(this);
    }

    internal bool Has(SipHeader header) => _first[(int)header] != 0;

    /// <summary>True when the field is there, even if empty.</summary>
    internal bool TryGet(SipHeader header, out ReadOnlySpan<byte> value)
    {
        value = this[header];
        return Has(header);
    }

    /// <summary>The first field with a name that is not in <see cref="SipHeader"/>; case-insensitive.</summary>
    internal bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (var i = _first[0]; i != 0; i = NextIndex(i))
        {
            if (!SipText.EqualsIgnoreCase(NameAt(i), name)) continue;
            value = ValueAt(i);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The lines of a field as written.</summary>
    internal SipHeaderValues Lines(SipHeader header) => new(this, header);

    /// <summary>The elements of a comma-separated field over all lines: Via, Route, Contact, Supported...</summary>
    internal SipHeaderList List(SipHeader header) => new(this, header);

    /// <summary>Whether a list of tokens (Supported, Require, Allow) has this one; case-insensitive.</summary>
    internal bool HasToken(SipHeader header, ReadOnlySpan<byte> token)
    {
        foreach (var element in List(header))
        {
            if (SipText.EqualsIgnoreCase(element, token)) return true;
        }

        return false;
    }

    /// <summary>Header lines in their order.</summary>
    /// <param name="index">0 to <see cref="HeaderCount"/> - 1.</param>
    internal SipHeaderLine Line(int index) => new(_headers[index + 1].Header, NameAt(index + 1), ValueAt(index + 1));

    internal bool TryGetTopVia(out SipVia via)
    {
        via = default;
        var elements = new SipListSplitter(this[SipHeader.Via]);
        return elements.MoveNext() && SipVia.TryParse(elements.Current, out via);
    }

    internal bool TryGetFrom(out SipNameAddress from) => SipNameAddress.TryParse(this[SipHeader.From], out from);

    internal bool TryGetTo(out SipNameAddress to) => SipNameAddress.TryParse(this[SipHeader.To], out to);

    /// <summary>Empty when there is none.</summary>
    internal ReadOnlySpan<byte> FromTag => TryGetFrom(out var from) ? from.Tag : default;

    /// <summary>Empty when there is none: a request outside of any dialog.</summary>
    internal ReadOnlySpan<byte> ToTag => TryGetTo(out var to) ? to.Tag : default;

    /// <summary>The first Contact; false when missing or badly formed.</summary>
    internal bool TryGetContact(out SipContact contact)
    {
        contact = default;
        var elements = new SipListSplitter(this[SipHeader.Contact]);
        return elements.MoveNext() && SipContact.TryParse(elements.Current, out contact);
    }

    /// <summary>Seconds; false when missing or no number up to 2^32-1.</summary>
    internal bool TryGetExpires(out uint seconds) => SipText.TryParseUInt32(this[SipHeader.Expires], out seconds);

    /// <summary>type/subtype of Content-Type without its parameters; empty when missing.</summary>
    internal ReadOnlySpan<byte> MediaType => SipText.WithoutParameters(this[SipHeader.ContentType]);

    /// <summary>The package of Event without its parameters; empty when missing.</summary>
    internal ReadOnlySpan<byte> EventPackage => SipText.WithoutParameters(this[SipHeader.Event]);

    internal byte FirstIndex(SipHeader header) => _first[(int)header];

    internal byte NextIndex(int index) => _headers[index].Next;

    internal ReadOnlySpan<byte> ValueAt(int index) => _buffer.AsSpan(_headers[index].ValueStart, _headers[index].ValueLength);

    private ReadOnlySpan<byte> NameAt(int index) => _buffer.AsSpan(_headers[index].NameStart, _headers[index].NameLength);

    private ReadOnlySpan<byte> Slice((int Start, int Length) part) => _buffer.AsSpan(part.Start, part.Length);

    private void Reset()
    {
        _references = 1;
        _length = _headerCount = 0;
        _method = _uri = _reason = _body = _cseqMethod = default;
        _first.AsSpan().Clear();
        _last.AsSpan().Clear();
        Error = SipParseError.None;
        IsRequest = false;
        Method = SipMethod.Unknown;
        StatusCode = 0;
        CSeq = 0;
        MaxForwards = null;
        ReceivedTimestamp = 0;
    }

    private void Reserve(int length)
    {
        if (_buffer.Length >= length) return;
        if (_buffer.Length > KeptBufferBytes) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = length <= KeptBufferBytes ? new byte[length <= KeptBufferBytes / 2 ? KeptBufferBytes / 2 : KeptBufferBytes] : ArrayPool<byte>.Shared.Rent(length);
    }

    /// <summary>Offsets into the buffer. Index 0 is unused, so that 0 says "none".</summary>
    private struct HeaderEntry
    {
        internal ushort NameStart, NameLength, ValueStart, ValueLength;
        internal SipHeader Header;
        internal byte Next;
    }
}
