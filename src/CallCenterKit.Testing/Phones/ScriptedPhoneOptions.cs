using System.Net;

namespace CallCenterKit.Testing;

/// <summary>Who a <see cref="ScriptedPhone"/> is and how it behaves on the wire.</summary>
public sealed record ScriptedPhoneOptions
{
    /// <summary>The user part of its address, such as an extension.</summary>
    public required string User { get; init; }

    /// <summary>Where it binds SIP, and with free ports RTP. Port 0 takes a free one.</summary>
    public IPEndPoint Local { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Registrar and proxy: new requests go there. Null sends them to the address in the Request-URI.</summary>
    public IPEndPoint? Server { get; init; }

    /// <summary>The host part of its address; null takes the server's address, or its own.</summary>
    public string? Domain { get; init; }

    /// <summary>The name shown beside its address.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Answers challenges; null lets a 401 or 407 be the outcome.</summary>
    public string? Password { get; init; }

    /// <summary>The user name in the answer to a challenge; null takes <see cref="User"/>.</summary>
    public string? AuthenticationUser { get; init; }

    /// <summary>The formats offered and accepted, the preferred first: 0 is PCMU, 8 is PCMA, 9 is G722. What a phone says and hears is kept at 8,000 samples per second in all of them.</summary>
    public IReadOnlyList<int> PayloadTypes { get; init; } = [0, 8];

    /// <summary>Whether telephone events (RFC 4733) are offered and accepted.</summary>
    public bool TelephoneEvents { get; init; } = true;

    /// <summary>Whether its audio is encrypted.</summary>
    public PhoneEncryption Encryption { get; init; } = PhoneEncryption.None;

    /// <summary>What it says in a call until told otherwise.</summary>
    public PhoneVoice Voice { get; init; } = PhoneVoice.Silence;

    /// <summary>Whether it sends audio and digits in a call; without, a test of signalling alone costs a fraction.</summary>
    public bool SendsAudio { get; init; } = true;

    /// <summary>How much of what it hears is kept for measuring, the latest part; 10 s or more.</summary>
    public TimeSpan HearingMemory { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether a registration is refreshed at half of its time.</summary>
    public bool RefreshRegistration { get; init; } = true;

    /// <summary>Estimate of a round trip (RFC 3261 §17.1.1.1): the first retransmission.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest time between two retransmissions of anything but an INVITE.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Makes tags, SSRCs and nonces; two phones with the same user, start and seed choose the same ones.</summary>
    public int Seed { get; init; } = 1;

    internal TimeSpan TransactionTimeout => 64 * T1;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(User);
        if (PayloadTypes.Count == 0 || PayloadTypes.Any(type => PhoneSdp.FormatOf(type) is null))
            throw new ArgumentException($"PayloadTypes is [{string.Join(", ", PayloadTypes)}]; allowed are 0 (PCMU), 8 (PCMA) and 9 (G722).");
        if (HearingMemory < TimeSpan.FromSeconds(10) || HearingMemory > TimeSpan.FromHours(4))
            throw new ArgumentException($"HearingMemory is {HearingMemory}; it must be from 10 s to 4 h.");
        if (T1 <= TimeSpan.Zero || T2 < T1)
            throw new ArgumentException($"T1 {T1} must be over zero and not over T2 {T2}.");
    }
}
