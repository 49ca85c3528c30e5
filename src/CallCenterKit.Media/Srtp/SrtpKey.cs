using System.Security.Cryptography;

namespace CallCenterKit.Media.Srtp;

/// <summary>The master key and salt of one direction of a stream. Immutable; never shown but where SDP is written.</summary>
internal sealed class SrtpKey : IEquatable<SrtpKey>
{
    private readonly byte[] _material;
    private readonly byte[] _identifier;

    /// <param name="suite">What it is for.</param>
    /// <param name="material">Key and behind it salt, as long as the suite asks for.</param>
    /// <param name="identifier">The MKI its packets carry (RFC 3711 §3.1); empty without one.</param>
    public SrtpKey(SrtpSuite suite, ReadOnlySpan<byte> material, ReadOnlySpan<byte> identifier = default)
    {
        if (material.Length != suite.KeySize() + suite.SaltSize())
            throw new ArgumentException($"Key and salt have {material.Length} bytes; {suite.Name()} takes {suite.KeySize() + suite.SaltSize()}.", nameof(material));
        Suite = suite;
        _material = material.ToArray();
        _identifier = identifier.ToArray();
    }

    public SrtpSuite Suite { get; }

    public ReadOnlySpan<byte> Master => _material.AsSpan(0, Suite.KeySize());

    public ReadOnlySpan<byte> Salt => _material.AsSpan(Suite.KeySize());

    public ReadOnlySpan<byte> Identifier => _identifier;

    /// <summary>A key nobody has seen.</summary>
    public static SrtpKey Draw(SrtpSuite suite) =>
        new(suite, RandomNumberGenerator.GetBytes(suite.KeySize() + suite.SaltSize()));

    /// <summary>Key and salt as SDP writes them (RFC 4568 §6.1).</summary>
    public string ToBase64() => Convert.ToBase64String(_material);

    public bool Equals(SrtpKey? other) =>
        other is not null
        && Suite == other.Suite
        && CryptographicOperations.FixedTimeEquals(_material, other._material)
        && _identifier.AsSpan().SequenceEqual(other._identifier);

    public override bool Equals(object? obj) => Equals(obj as SrtpKey);

    // Says nothing about the key; nothing keeps keys in a hash table.
    public override int GetHashCode() => (int)Suite;

    public override string ToString() => $"key of {Suite.Name()}";
}
