using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Messages;

/// <summary>Writes a request or response straight as bytes, header by header in the order of the calls.</summary>
/// <remarks>
/// Rented, used on one thread and disposed. CR and LF in a value become spaces, so a value never starts a header of its own.
/// Interpolated strings are written in place, without a string between.
/// </remarks>
internal sealed class SipMessageWriter : IDisposable
{
    private const int KeptBytes = 8192;
    private static readonly SipPool<SipMessageWriter> Pool = new(64);

    private byte[] _buffer = new byte[2048];
    private int _length;
    private bool _finished;

    private SipMessageWriter()
    {
    }

    /// <summary>Of the request; of a response, that of the request it answers.</summary>
    internal SipMethod Method { get; private set; }

    /// <summary>0 for a request.</summary>
    internal int StatusCode { get; private set; }

    /// <summary>Number in the branch of the topmost Via of a request; 0 when <see cref="Via"/> was not called.</summary>
    internal ulong BranchId { get; private set; }

    /// <summary>What has been written; the whole message after <see cref="Finish()"/>.</summary>
    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    internal static SipMessageWriter Rent()
    {
        var writer = Pool.TryRent() ?? new SipMessageWriter();
        writer.Clear();
        return writer;
    }

    public void Dispose()
    {
        if (_buffer.Length > KeptBytes) _buffer = new byte[2048];
        Pool.Return(this);
    }

    internal void Clear()
    {
        _length = 0;
        _finished = false;
        Method = SipMethod.Unknown;
        StatusCode = 0;
        BranchId = 0;
    }

    internal SipMessageWriter StartRequest(SipMethod method, ReadOnlySpan<byte> uri) => StartRequest(method, SipMethods.Name(method), uri);

    /// <param name="method">Unknown for a method that is in no list.</param>
    /// <param name="name">As it stands on the wire.</param>
    /// <param name="uri">Absolute, no brackets.</param>
    internal SipMessageWriter StartRequest(SipMethod method, ReadOnlySpan<byte> name, ReadOnlySpan<byte> uri)
    {
        Method = method;
        Raw(name);
        Raw(" "u8);
        Value(uri);
        Raw(" SIP/2.0\r\n"u8);
        return this;
    }

    /// <summary>
    /// Status line and what a response takes over from its request: Via, From, To, Call-ID, CSeq, and Record-Route in 101 to 299
    /// (RFC 3261 §8.2.6.2, §12.1.1). The topmost Via gets <c>received</c> and <c>rport</c> when the request came from the network.
    /// </summary>
    /// <param name="request">Need not be well formed, but answerable.</param>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reason">Empty takes the usual phrase.</param>
    /// <param name="toTag">Added when To has no tag; empty adds none, as in 100.</param>
    internal SipMessageWriter StartResponse(SipMessage request, int statusCode, ReadOnlySpan<byte> reason, ReadOnlySpan<byte> toTag)
    {
        StatusCode = statusCode;
        Method = request.Method;
        Raw("SIP/2.0 "u8);
        Number(statusCode);
        Raw(" "u8);
        Value(reason.IsEmpty ? SipReasons.For(statusCode) : reason);
        Raw("\r\n"u8);
        SipResponseHeaders.CopyVia(this, request);
        CopyHeader(request, SipHeader.From);
        if (request.Has(SipHeader.To)) CopyTo(request, toTag);
        CopyHeader(request, SipHeader.CallId);
        CopyHeader(request, SipHeader.CSeq);
        if (statusCode is > 100 and < 300) CopyHeader(request, SipHeader.RecordRoute);
        return this;
    }

    private void CopyTo(SipMessage request, ReadOnlySpan<byte> tag)
    {
        Begin(SipHeader.To);
        Value(request[SipHeader.To]);
        if (!tag.IsEmpty && request.ToTag.IsEmpty)
        {
            Raw(";tag="u8);
            Value(tag);
        }

        End();
    }

    /// <summary>The topmost Via of a request, with <c>rport</c> (RFC 3581 §3) and a branch made from the number.</summary>
    /// <param name="transport">Whose advertised address stands as sent-by.</param>
    /// <param name="branchId">From <c>SipWorker.NewBranchId</c>, or that of the INVITE for its CANCEL and non-2xx ACK.</param>
    /// <param name="peer">To whom the request goes.</param>
    internal SipMessageWriter Via(ISipTransport transport, IPAddress peer, ulong branchId)
    {
        BranchId = branchId;
        Begin(SipHeader.Via);
        Raw(transport.Protocol switch
        {
            SipTransportProtocol.Udp => "SIP/2.0/UDP "u8,
            SipTransportProtocol.Tcp => "SIP/2.0/TCP "u8,
            _ => "SIP/2.0/TLS "u8,
        });
        EndPoint(transport.AdvertisedTo(peer));
        Raw(";rport;branch="u8);
        SipBranch.Write(Reserve(SipBranch.Length), branchId);
        _length += SipBranch.Length;
        End();
        return this;
    }

    internal SipMessageWriter Header(SipHeader header, ReadOnlySpan<byte> value)
    {
        Begin(header);
        Value(value);
        End();
        return this;
    }

    internal SipMessageWriter Header(SipHeader header, string value)
    {
        Begin(header);
        Value(value);
        End();
        return this;
    }

    internal SipMessageWriter Header(SipHeader header, long value)
    {
        Begin(header);
        Number(value);
        End();
        return this;
    }

    /// <summary>As in <c>Header(SipHeader.Contact, $"&lt;sip:{user}@{endPoint}&gt;")</c>.</summary>
    internal SipMessageWriter Header(SipHeader header, [InterpolatedStringHandlerArgument("", nameof(header))] ref SipValueHandler value)
    {
        _ = header;
        value.Complete();
        return this;
    }

    /// <summary>A field that is not in <see cref="SipHeader"/>.</summary>
    internal SipMessageWriter Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Value(name);
        Raw(": "u8);
        Value(value);
        End();
        return this;
    }

    internal SipMessageWriter CSeq(uint number, SipMethod method) => CSeq(number, SipMethods.Name(method));

    internal SipMessageWriter CSeq(uint number, ReadOnlySpan<byte> method)
    {
        Begin(SipHeader.CSeq);
        Number(number);
        Raw(" "u8);
        Value(method);
        End();
        return this;
    }

    /// <summary>All lines of a field as they stand in another message.</summary>
    internal SipMessageWriter CopyHeader(SipMessage from, SipHeader header)
    {
        foreach (var value in from.Lines(header)) Header(header, value);
        return this;
    }

    /// <summary>Ends the message without a body. Calls after the first do nothing.</summary>
    internal ReadOnlySpan<byte> Finish()
    {
        if (_finished) return Written;
        _finished = true;
        Raw("Content-Length: 0\r\n\r\n"u8);
        return Written;
    }

    /// <summary>Ends the message with a body.</summary>
    internal ReadOnlySpan<byte> Finish(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        if (_finished) throw new InvalidOperationException("The message has been finished before.");
        _finished = true;
        Header(SipHeader.ContentType, contentType);
        Header(SipHeader.ContentLength, body.Length);
        Raw("\r\n"u8);
        Raw(body);
        return Written;
    }

    internal void Begin(SipHeader header)
    {
        Raw(SipHeaders.Name(header));
        Raw(": "u8);
    }

    internal void End() => Raw("\r\n"u8);

    /// <summary>Bytes as they are.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Bytes with CR and LF made spaces.</summary>
    internal void Value(ReadOnlySpan<byte> bytes)
    {
        var start = _length;
        Raw(bytes);
        CutLineBreaks(start);
    }

    internal void Value(ReadOnlySpan<char> text)
    {
        var start = _length;
        // Invalid surrogates become U+FFFD, so this fails for lack of room only, of which 3 bytes per char is enough.
        Utf8.FromUtf16(text, Reserve(text.Length * 3), out _, out var written);
        _length += written;
        CutLineBreaks(start);
    }

    internal void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        _length += written;
    }

    internal void Format<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        var start = _length;
        int written;
        var room = 64;
        while (!value.TryFormat(Reserve(room), out written, format, CultureInfo.InvariantCulture)) room *= 2;
        _length += written;
        CutLineBreaks(start);
    }

    /// <summary>An IPv6 address in brackets (RFC 3261 §25.1).</summary>
    internal void Address(IPAddress address)
    {
        var brackets = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        if (brackets) Raw("["u8);
        Format(address, default);
        if (brackets) Raw("]"u8);
    }

    internal void EndPoint(IPEndPoint endPoint)
    {
        Address(endPoint.Address);
        Raw(":"u8);
        Number(endPoint.Port);
    }

    private void CutLineBreaks(int start)
    {
        var written = _buffer.AsSpan(start, _length - start);
        if (written.IndexOfAny((byte)'\r', (byte)'\n') < 0) return;
        written.Replace((byte)'\r', (byte)' ');
        written.Replace((byte)'\n', (byte)' ');
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        return _buffer.AsSpan(_length);
    }
}
