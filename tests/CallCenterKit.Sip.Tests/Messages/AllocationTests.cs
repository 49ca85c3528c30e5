using System.Net;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Tests.Messages;

/// <summary>Alone, since the pools are shared with whatever runs beside.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    [Fact]
    public void Reading_allocates_nothing()
    {
        // Long enough that each pooled message, whatever test it comes from, has its buffer.
        for (var i = 0; i < 2000; i++) ReadOnce();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) ReadOnce();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ReadOnce()
    {
        var messages = (SipMessage.Parse(Wire.Invite), SipMessage.Parse(Wire.Invite));
        Assert.True(messages.Item1.TryGetContact(out var contact) && SipUri.TryParse(contact.Address.Uri, out var uri) && uri.Matches(uri));
        foreach (var token in messages.Item2.List(SipHeader.Allow)) SipMethods.Find(token);
        messages.Item1.Dispose();
        messages.Item2.Dispose();
    }

    [Fact]
    public void Reading_and_answering_allocates_nothing()
    {
        for (var i = 0; i < 2000; i++) AnswerOnce();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) AnswerOnce();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AnswerOnce()
    {
        using var request = SipMessage.Parse(Wire.Invite);
        using var writer = SipMessageWriter.Rent().StartResponse(request, 200, default, "0123456789abcdef"u8);
        writer.Header(SipHeader.Contact, $"<sip:{"5000"u8}@{IPAddress.Loopback}:{5060}>");
        writer.Finish("application/sdp"u8, request.Body);
    }
}
