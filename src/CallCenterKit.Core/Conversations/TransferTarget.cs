using CallCenterKit.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

/// <summary>Whom somebody wants to bring into a conversation, as the dial plan and the rights of whoever asks have it.</summary>
public abstract record TransferTarget
{
    private TransferTarget()
    {
    }

    /// <summary>What events and records call it; no personal value.</summary>
    public abstract string Name { get; }

    /// <summary>A phone of ours.</summary>
    /// <param name="Endpoint">Which.</param>
    /// <param name="Recording">What its rule says about recording; null says nothing.</param>
    public sealed record ToPhone(EndpointId Endpoint, RecordingMode? Recording = null) : TransferTarget
    {
        /// <inheritdoc />
        public override string Name => $"extension:{Endpoint}";
    }

    /// <summary>A number outside.</summary>
    /// <param name="Number">As the trunk is to be told it; a personal value, so it stands in no event.</param>
    /// <param name="Trunks">Which trunks may carry it, one after another; empty: all.</param>
    /// <param name="Shown">Who is shown as calling; null leaves whom it is about.</param>
    /// <param name="Recording">What its rule says about recording; null says nothing.</param>
    public sealed record ToOutside(string Number, IReadOnlyList<string> Trunks, CallParty? Shown = null, RecordingMode? Recording = null) : TransferTarget
    {
        /// <summary>Whether it passes limits of calls, and is carried by any trunk if need be.</summary>
        public bool IsEmergency { get; init; }

        /// <inheritdoc />
        public override string Name => "outside";
    }

    /// <summary>Where a machine takes over: a flow, a queue, a feature.</summary>
    /// <param name="Number">The number of ours that leads there.</param>
    /// <param name="Place">Its name: "queue:support".</param>
    public sealed record ToPlace(string Number, string Place) : TransferTarget
    {
        /// <inheritdoc />
        public override string Name => Place;
    }

    /// <summary>There is no such number, or whoever asks may not call it.</summary>
    /// <param name="End">Which of the two.</param>
    public sealed record Nowhere(DialEnd End) : TransferTarget
    {
        /// <inheritdoc />
        public override string Name => "nowhere";
    }
}

/// <summary>What somebody is rung for.</summary>
public enum DialPurpose
{
    /// <summary>To take the place of the party that transferred the customer.</summary>
    Transfer,

    /// <summary>To be asked while the customer waits.</summary>
    Consult,

    /// <summary>To join those who talk.</summary>
    Add,

    /// <summary>To take the customer back whom nobody else took: the party that transferred.</summary>
    Return,
}

/// <summary>How ringing somebody ended.</summary>
public enum DialEnd
{
    /// <summary>The party answered.</summary>
    Answered,

    /// <summary>The party is in a call.</summary>
    Busy,

    /// <summary>It rang for the whole ring time.</summary>
    NoAnswer,

    /// <summary>The party, its network or a rule refused.</summary>
    Rejected,

    /// <summary>There is no such party, or no way to it.</summary>
    Unreachable,

    /// <summary>Wanted no more.</summary>
    Cancelled,
}

/// <summary>How the customer was passed on.</summary>
public enum TransferKind
{
    /// <summary>Without speaking to the new party first.</summary>
    Blind,

    /// <summary>After, or while, the new party was consulted.</summary>
    Attended,
}

/// <summary>How a transfer ended.</summary>
public enum TransferEnd
{
    /// <summary>The new party has the customer.</summary>
    Completed,

    /// <summary>The new party is in a call.</summary>
    Busy,

    /// <summary>The new party did not answer.</summary>
    NoAnswer,

    /// <summary>The new party, or its network, refused.</summary>
    Rejected,

    /// <summary>There is no way to the new party.</summary>
    Unreachable,

    /// <summary>The customer left first.</summary>
    Cancelled,
}

/// <summary>How a consultation ended.</summary>
public enum ConsultationEnd
{
    /// <summary>The customer has been passed on.</summary>
    Transferred,

    /// <summary>All talk together.</summary>
    Joined,

    /// <summary>Whoever asked went back to the customer.</summary>
    Cancelled,

    /// <summary>Nobody was reached.</summary>
    NotReached,

    /// <summary>The consulted party hung up.</summary>
    PartyLeft,

    /// <summary>Whoever asked hung up on the consulted party, or the customer left before anybody answered.</summary>
    GivenUp,
}
