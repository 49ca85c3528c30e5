using System.Buffers;
using System.Text;

namespace CallCenterKit.Media.Sdp;

/// <summary>A session description (RFC 8866) as far as telephony needs it. Immutable.</summary>
public sealed record SessionDescription
{
    /// <summary>The longest description that is read.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>The <c>o=</c> line.</summary>
    public required SdpOrigin Origin { get; init; }

    /// <summary>The <c>s=</c> line.</summary>
    public string Name { get; init; } = "-";

    /// <summary>The <c>m=</c> sections in order; attributes and addresses given for the session are already in each.</summary>
    public IReadOnlyList<MediaDescription> Media { get; init; } = [];

    /// <summary>Attributes of the session that have no property here.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>Reads a description. Takes bare line feeds, missing <c>s=</c> and <c>t=</c>, and lines it does not know.</summary>
    /// <param name="text">A body of type application/sdp, whatever it holds.</param>
    /// <param name="description">Null unless <see cref="SdpError.None"/> is returned.</param>
    public static SdpError TryParse(ReadOnlySpan<byte> text, out SessionDescription? description) =>
        SdpReader.Read(text, out description);

    /// <summary>Writes the description with CRLF line ends.</summary>
    /// <param name="output">Receives a body of type application/sdp.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        SdpWriter.Write(this, output, withKeys: true);
    }

    /// <summary>The description as a body of type application/sdp.</summary>
    public byte[] ToArray()
    {
        var output = new ArrayBufferWriter<byte>(512);
        WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The description as text, for logs and tests: keys of SRTP are left out.</summary>
    public override string ToString()
    {
        var output = new ArrayBufferWriter<byte>(512);
        SdpWriter.Write(this, output, withKeys: false);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
