using System.Net;

namespace CallCenterKit.Tests.Interop;

/// <summary>How a <see cref="BaresipPhone"/> is set up.</summary>
internal sealed record BaresipOptions
{
    public required string User { get; init; }

    public string Password { get; init; } = "";

    /// <summary>Where it registers; none for a phone that is called by its address only.</summary>
    public IPEndPoint? Registrar { get; init; }

    /// <summary>Seconds asked for in REGISTER.</summary>
    public int RegisterSeconds { get; init; } = 60;

    /// <summary>
    /// The sine it says all the time, at -7 dBFS. Not a multiple of 50 Hz, or a lost 20 ms packet leaves no mark in the wave.
    /// </summary>
    public required int ToneHz { get; init; }

    /// <summary>Answers by itself.</summary>
    public bool AutoAnswer { get; init; }

    /// <summary>PCMU, PCMA or both in the order wanted, separated by a comma.</summary>
    public string Codecs { get; init; } = "PCMU";

    /// <summary>srtp offers keys and takes plain audio too, srtp-mand takes encrypted audio only; empty for plain.</summary>
    public string MediaEncryption { get; init; } = "";
}
