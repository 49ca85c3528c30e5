namespace CallCenterKit.Sip.Messages;

/// <summary>The reading half: start line, header index, and the checks that decide whether a message is acceptable.</summary>
internal sealed partial class SipMessage
{
    /// <summary>A malformed request that still tells where it comes from; what else it has is repeated in the answer.</summary>
    internal bool IsAnswerable => IsRequest && Method != SipMethod.Ack && TryGetTopVia(out _);

    private void Read()
    {
        var position = 0;
        // CRLF before the start line is ignored (RFC 3261 §7.5).
        while (position < _length && _buffer[position] is (byte)'\r' or (byte)'\n') position++;
        if (!ReadLine(ref position, out var start, out var end))
        {
            Fail(SipParseError.Incomplete);
            return;
        }

        ReadStartLine(start, end);
        ReadHeaders(ref position);
        if (Error is SipParseError.Incomplete or SipParseError.TooManyHeaders) return;
        ReadBody(position);
        Check();
    }

    private void Fail(SipParseError error)
    {
        if (Error == SipParseError.None) Error = error;
    }

    /// <summary>A line ends with CRLF; a lone LF is taken for it, a lone CR is a fault.</summary>
    private bool ReadLine(ref int position, out int start, out int end)
    {
        start = position;
        end = 0;
        while (true)
        {
            var found = _buffer.AsSpan(position, _length - position).IndexOfAny((byte)'\r', (byte)'\n');
            if (found < 0) return false;
            end = position + found;
            position = end + 1;
            if (_buffer[end] == (byte)'\n') return true;
            if (position < _length && _buffer[position] == (byte)'\n')
            {
                position++;
                return true;
            }

            Fail(SipParseError.BadHeader);
        }
    }

    private void ReadStartLine(int start, int end)
    {
        var line = _buffer.AsSpan(start, end - start);
        if (line.StartsWith("SIP/"u8)) ReadStatusLine(line, start);
        else ReadRequestLine(line, start);
    }

    // Status-Line = SIP-Version SP Status-Code SP Reason-Phrase CRLF (RFC 3261 §7.2)
    private void ReadStatusLine(ReadOnlySpan<byte> line, int start)
    {
        var space = line.IndexOf((byte)' ');
        if (space < 0)
        {
            Fail(SipParseError.BadStartLine);
            return;
        }

        if (!line[..space].SequenceEqual("SIP/2.0"u8)) Fail(SipParseError.UnsupportedVersion);
        var rest = line[(space + 1)..];
        var end = rest.IndexOf((byte)' ');
        var code = end < 0 ? rest : rest[..end];
        if (code.Length != 3 || !SipText.TryParseUInt32(code, out var status) || status is < 100 or > 699)
        {
            Fail(SipParseError.BadStatusCode);
            return;
        }

        StatusCode = (int)status;
        if (end >= 0) _reason = (start + space + 1 + end + 1, rest.Length - end - 1);
    }

    // Request-Line = Method SP Request-URI SP SIP-Version CRLF (RFC 3261 §7.1)
    private void ReadRequestLine(ReadOnlySpan<byte> line, int start)
    {
        int first = line.IndexOf((byte)' '), last = line.LastIndexOf((byte)' ');
        if (first <= 0 || !SipText.IsToken(line[..first]))
        {
            Fail(SipParseError.BadStartLine);
            return;
        }

        IsRequest = true;
        _method = (start, first);
        Method = SipMethods.Find(line[..first]);
        if (last <= first)
        {
            Fail(SipParseError.BadStartLine);
            return;
        }

        _uri = (start + first + 1, last - first - 1);
        var version = line[(last + 1)..];
        if (!version.StartsWith("SIP/"u8)) Fail(SipParseError.BadStartLine);
        else if (!version.SequenceEqual("SIP/2.0"u8)) Fail(SipParseError.UnsupportedVersion);
        if (!IsRequestUri(line[(first + 1)..last])) Fail(SipParseError.BadRequestUri);
    }

    // A Request-URI has no headers (RFC 3261 §19.1.1, table 1).
    private static bool IsRequestUri(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyInRange((byte)0, (byte)' ') < 0 && SipUri.TryParse(text, out var uri) && uri.Headers.IsEmpty;

    private void ReadHeaders(ref int position)
    {
        while (ReadLine(ref position, out var start, out var end))
        {
            if (end == start) return;
            // A line that starts with white space continues the one before (RFC 3261 §7.3.1): one folded
            // line becomes a plain one, so that no view has to know of folding.
            while (position < _length && SipText.IsLws(_buffer[position]))
            {
                _buffer.AsSpan(end, position - end).Fill((byte)' ');
                if (!ReadLine(ref position, out _, out end))
                {
                    Fail(SipParseError.Incomplete);
                    return;
                }
            }

            ReadHeaderLine(start, end);
            if (Error == SipParseError.TooManyHeaders) return;
        }

        Fail(SipParseError.Incomplete);
    }

    private void ReadHeaderLine(int start, int end)
    {
        var line = _buffer.AsSpan(start, end - start);
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            Fail(SipParseError.BadHeader);
            return;
        }

        var nameLength = colon;
        while (nameLength > 0 && SipText.IsLws(line[nameLength - 1])) nameLength--;
        var name = line[..nameLength];
        var header = SipHeaders.Find(name);
        if (header == SipHeader.Unknown && !SipText.IsToken(name))
        {
            Fail(SipParseError.BadHeader);
            return;
        }

        var valueStart = start + colon + 1;
        while (valueStart < end && SipText.IsLws(_buffer[valueStart])) valueStart++;
        while (end > valueStart && SipText.IsLws(_buffer[end - 1])) end--;
        Add(new HeaderEntry
        {
            Header = header,
            NameStart = (ushort)start,
            NameLength = (ushort)nameLength,
            ValueStart = (ushort)valueStart,
            ValueLength = (ushort)(end - valueStart),
        });
    }

    private void Add(HeaderEntry entry)
    {
        if (_headerCount == MaxHeaders)
        {
            Fail(SipParseError.TooManyHeaders);
            return;
        }

        var index = ++_headerCount;
        if (index == _headers.Length) Array.Resize(ref _headers, Math.Min(_headers.Length * 4, MaxHeaders + 1));
        _headers[index] = entry;
        var last = _last[(int)entry.Header];
        if (last == 0)
        {
            _first[(int)entry.Header] = (byte)index;
        }
        else
        {
            _headers[last].Next = (byte)index;
            if (SipHeaders.IsSingle(entry.Header)) Fail(SipParseError.RepeatedHeader);
        }

        _last[(int)entry.Header] = (byte)index;
    }

    private void ReadBody(int position)
    {
        var available = _length - position;
        var length = available;
        if (TryGet(SipHeader.ContentLength, out var text))
        {
            if (!SipText.TryParseUInt32(text, out var stated)) Fail(SipParseError.BadContentLength);
            else if (stated > available) Fail(SipParseError.BodyTooShort);
            else length = (int)stated;
        }

        _body = (position, length);
    }

    private void Check()
    {
        ReadCSeq();
        if (!Has(SipHeader.Via) || !Has(SipHeader.From) || !Has(SipHeader.To) || !Has(SipHeader.CallId) || !Has(SipHeader.CSeq))
        {
            Fail(SipParseError.MissingHeader);
            return;
        }

        if (!TryGetTopVia(out var via) || !via.Parameters.IsWellFormed) Fail(SipParseError.BadVia);
        if (!TryGetFrom(out var from) || !from.Parameters.IsWellFormed) Fail(SipParseError.BadFrom);
        if (!TryGetTo(out var to) || !to.Parameters.IsWellFormed) Fail(SipParseError.BadTo);
        if (CallId.IsEmpty || CallId.IndexOfAny(" \t"u8) >= 0) Fail(SipParseError.BadCallId);
        CheckMaxForwards();
    }

    // CSeq = 1*DIGIT LWS Method, below 2^31 (RFC 3261 §8.1.1.5)
    private void ReadCSeq()
    {
        var value = this[SipHeader.CSeq];
        if (value.IsEmpty) return;
        var space = value.IndexOfAny(" \t"u8);
        if (space < 0 || !SipText.TryParseUInt32(value[..space], out var number) || number > int.MaxValue)
        {
            Fail(SipParseError.BadCSeq);
            return;
        }

        CSeq = number;
        var method = SipText.Trim(value[space..]);
        if (!SipText.IsToken(method)) Fail(SipParseError.BadCSeq);
        _cseqMethod = (_headers[_first[(int)SipHeader.CSeq]].ValueStart + value.Length - method.Length, method.Length);
        if (!IsRequest) Method = SipMethods.Find(method);
        else if (!method.SequenceEqual(MethodText)) Fail(SipParseError.CSeqMismatch);
    }

    private void CheckMaxForwards()
    {
        if (!TryGet(SipHeader.MaxForwards, out var text)) return;
        if (SipText.TryParseUInt32(text, out var hops) && hops <= 255) MaxForwards = (int)hops;
        else Fail(SipParseError.BadMaxForwards);
    }
}
