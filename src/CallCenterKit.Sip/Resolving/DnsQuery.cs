using System.Buffers.Binary;
using System.Text;

namespace CallCenterKit.Sip.Resolving;

/// <summary>One question to a name server, with the number its answer must have.</summary>
internal sealed class DnsQuery
{
    private const int HeadBytes = 12;
    private const ushort RecursionWanted = 0x0100;

    /// <param name="id">Hard to guess.</param>
    /// <param name="name">Normalized.</param>
    /// <param name="type">What is asked for.</param>
    public DnsQuery(ushort id, string name, DnsType type)
    {
        Id = id;
        Name = name;
        Type = type;
        Bytes = Write();
    }

    public ushort Id { get; }

    public string Name { get; }

    public DnsType Type { get; }

    /// <summary>As it is sent.</summary>
    public byte[] Bytes { get; }

    /// <summary>Whether this is the answer, and not somebody's guess at one: number and question are ours (RFC 5452 §9.1).</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> answer) =>
        DnsMessage.Parse(answer, out var message) is not (DnsParseError.TooShort or DnsParseError.NotAResponse or DnsParseError.BadQuestion)
        && message.Id == Id && message.Name == Name && message.Type == Type;

    private byte[] Write()
    {
        var bytes = new byte[HeadBytes + Name.Length + 2 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Id);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), RecursionWanted);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), 1);
        var at = HeadBytes;
        foreach (var label in Name.Split('.'))
        {
            bytes[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, bytes.AsSpan(at + 1));
        }
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 1), (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 3), 1);
        return bytes;
    }
}
