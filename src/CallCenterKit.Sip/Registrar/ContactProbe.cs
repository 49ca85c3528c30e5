using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Where one contact stands with its <see cref="Qualifier"/>. Worker only.</summary>
internal sealed class ContactProbe(Qualifier qualifier, ContactKey key) : ISipClientTransactionOwner
{
    private SipClientTransaction? _transaction;

    public ContactKey Key { get; } = key;

    /// <summary>When it is to be asked or, while it is asked, when its silence counts. Since the qualifier began.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>An OPTIONS has been sent, and neither was it answered nor has its time run out.</summary>
    public bool IsAsked { get; set; }

    /// <summary>When, in ticks of the TimeProvider.</summary>
    public long AskedAt { get; set; }

    /// <summary>How often in a row it was silent.</summary>
    public int Failures { get; set; }

    /// <summary>What carries the OPTIONS.</summary>
    public void Took(SipClientTransaction transaction) => _transaction = IsAsked ? transaction : null;

    /// <summary>No answer is waited for any more.</summary>
    public void Withdraw()
    {
        IsAsked = false;
        _transaction?.Abandon();
        _transaction = null;
    }

    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (!IsAsked)
            return;
        // The transaction goes on by itself: it has to take repeated responses.
        _transaction = null;
        qualifier.OnAnswered(this);
    }

    // Not to be sent may be a matter of a moment: it counts as silence, when the time for an answer is over.
    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) => _transaction = null;
}
