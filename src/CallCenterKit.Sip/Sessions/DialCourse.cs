using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Trunks;

namespace CallCenterKit.Sip.Sessions;

/// <summary>Where a dial attempt tries next, until there is nowhere left. One attempt uses it, one call at a time.</summary>
internal abstract class DialCourse
{
    /// <summary>Places to ring now; null when none is left. May have to look up a name, and then ends on another thread.</summary>
    public abstract ValueTask<DialStage?> NextAsync();

    /// <summary>Told how it went at the places of the last stage.</summary>
    /// <param name="status">The final status; null for silence and connections that could not be made.</param>
    /// <returns>Whether the next stage is to be tried.</returns>
    public abstract bool GoesOn(int? status);

    /// <summary>Whether a silent stage should give way to another.</summary>
    public abstract bool HasMore { get; }

    /// <summary>The place on a trunk that an answered call keeps; null: it is over none.</summary>
    public virtual SipTrunkSlot? Slot => null;

    /// <summary>Why there was nobody to ring, for people.</summary>
    public virtual string Why => "Nobody answered.";

    /// <summary>The attempt is over without an answer.</summary>
    public virtual void End()
    {
    }
}

/// <summary>Places that are known beforehand: the contacts of a phone.</summary>
internal sealed class KnownCourse(IReadOnlyList<DialStage> stages) : DialCourse
{
    private int _next;

    public override bool HasMore => _next < stages.Count;

    public override ValueTask<DialStage?> NextAsync() => new(_next < stages.Count ? stages[_next++] : null);

    public override bool GoesOn(int? status) => HasMore && stages[_next - 1].FailsOver(status ?? 503);
}

/// <summary>An address whose host has to be looked up: one server after another (RFC 3263 §4.3).</summary>
internal sealed class AddressCourse(string uri, SipTarget target, ISipResolver resolver, SipStack stack, TimeSpan patience) : DialCourse
{
    private IReadOnlyList<DialContact>? _contacts;
    private int _next;
    private string? _why;

    public override bool HasMore => _contacts is null || _next < _contacts.Count;

    public override string Why => _why ?? "Nobody answered.";

    public override async ValueTask<DialStage?> NextAsync()
    {
        if (_contacts is null)
        {
            var resolution = await resolver.ResolveAsync(target, CancellationToken.None).ConfigureAwait(false);
            _why = resolution is SipResolution.Failed failed ? $"'{uri}' leads nowhere: {failed.Why}" : $"No listening address reaches '{uri}'.";
            _contacts = [.. (resolution as SipResolution.Found)?.Hops.Select(Contact).OfType<DialContact>() ?? []];
        }
        return _next < _contacts.Count ? new([_contacts[_next++]]) { Patience = patience } : null;
    }

    public override bool GoesOn(int? status) => status is null or 503;

    private DialContact? Contact(SipHop hop) => stack.FindTransport(hop.Protocol, hop.EndPoint) is { } transport
        ? new(uri, hop.EndPoint, transport.For(hop.HostName), BehindNat: false)
        : null;
}

/// <summary>A number outside: from server to server and from trunk to trunk, before the caller notices.</summary>
/// <param name="hunt">Leads from one to the next.</param>
/// <param name="services">Of the driver.</param>
internal sealed class TrunkCourse(TrunkHunt hunt, SipServices services) : DialCourse
{
    public override bool HasMore => hunt.HasMore;

    public override SipTrunkSlot? Slot => hunt.Slot;

    public override string Why => hunt.Why;

    public override async ValueTask<DialStage?> NextAsync() =>
        await hunt.NextAsync(CancellationToken.None).ConfigureAwait(false) is { } next ? new([Contact(next)]) { Patience = services.Options.ServerTimeout } : null;

    public override bool GoesOn(int? status) => hunt.GoesOn(status);

    public override void End() => hunt.End();

    private DialContact Contact(TrunkTry next)
    {
        var (route, hop) = next;
        List<(SipHeader, string)> headers = [];
        if (route.Route is { } proxy)
            headers.Add((SipHeader.Route, proxy));
        if (route.Caller.AssertedIdentity is { } asserted)
            headers.Add((SipHeader.PAssertedIdentity, asserted));
        if (route.Caller.Privacy is { } privacy)
            headers.Add((SipHeader.Privacy, privacy));
        return new(route.RequestUri(hop), hop.Hop.EndPoint, hop.Transport, BehindNat: false)
        {
            From = route.Caller.From,
            To = route.To,
            Contact = route.Contact(hop),
            Headers = headers,
            Credentials = route.Trunk.Credentials,
            Codecs = route.Trunk.CodecsOf(services.Codecs),
            Srtp = route.Trunk.Options.Srtp,
        };
    }
}
