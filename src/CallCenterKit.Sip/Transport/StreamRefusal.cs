using System.Net;
using System.Security.Cryptography;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transport;

/// <summary>What a request is answered with that breaks the stream it came by.</summary>
internal static class StreamRefusal
{
    /// <returns>Null when the message does not tell enough to be answered, or is none that gets an answer.</returns>
    internal static SipMessageWriter? TryWrite(StreamFault fault, ReadOnlySpan<byte> beginning, IPEndPoint source)
    {
        if (fault == StreamFault.NotSip) return null;
        using var request = SipMessage.Parse(beginning[..Math.Min(beginning.Length, SipMessage.MaxBytes)]);
        if (!request.IsAnswerable) return null;
        request.Source = source;
        Span<byte> tag = stackalloc byte[SipHex.Length];
        SipHex.Write(tag, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        var response = SipMessageWriter.Rent().StartResponse(request, StatusFor(fault), ReasonFor(fault), tag);
        response.Finish();
        return response;
    }

    private static int StatusFor(StreamFault fault) => fault == StreamFault.TooLong ? 413 : 400;

    private static ReadOnlySpan<byte> ReasonFor(StreamFault fault) => fault switch
    {
        StreamFault.HeaderTooLong => "Header Too Long"u8,
        StreamFault.NoContentLength => "Missing Content-Length"u8,
        StreamFault.BadContentLength => "Bad Content-Length"u8,
        StreamFault.TooSlow => "Message Not Finished In Time"u8,
        _ => default,
    };
}
