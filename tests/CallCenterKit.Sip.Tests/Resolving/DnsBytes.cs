using System.Buffers.Binary;
using System.Net;
using System.Text;
using CallCenterKit.Sip.Resolving;

namespace CallCenterKit.Sip.Tests.Resolving;

/// <summary>Writes answers of name servers, without compression unless bytes are given.</summary>
internal sealed class DnsBytes
{
    private readonly List<byte> _bytes = [];
    private int _answers, _authorities;

    /// <summary>An answer to the question, with no record yet.</summary>
    internal static DnsBytes To(ushort id, string name, DnsType type, int code = 0, bool truncated = false)
    {
        var bytes = new DnsBytes();
        bytes.UInt16(id).UInt16(0x8180 | code | (truncated ? 0x0200 : 0)).UInt16(1).UInt16(0).UInt16(0).UInt16(0);
        bytes.Name(name).UInt16((int)type).UInt16(1);
        return bytes;
    }

    internal static DnsBytes To(DnsQuery query, int code = 0, bool truncated = false) => To(query.Id, query.Name, query.Type, code, truncated);

    internal DnsBytes A(string owner, string address, int ttl = 300) => Answer(owner, DnsType.A, ttl, data => data.Raw(IPAddress.Parse(address).GetAddressBytes()));

    internal DnsBytes Aaaa(string owner, string address, int ttl = 300) => Answer(owner, DnsType.Aaaa, ttl, data => data.Raw(IPAddress.Parse(address).GetAddressBytes()));

    internal DnsBytes Alias(string owner, string target, int ttl = 300) => Answer(owner, DnsType.Cname, ttl, data => data.Name(target));

    internal DnsBytes Server(string owner, int priority, int weight, int port, string target, int ttl = 300) =>
        Answer(owner, DnsType.Srv, ttl, data => data.UInt16(priority).UInt16(weight).UInt16(port).Name(target));

    internal DnsBytes Pointer(string owner, int order, int preference, string service, string replacement, string flags = "s") =>
        Answer(owner, DnsType.Naptr, 300, data => data.UInt16(order).UInt16(preference).Text(flags).Text(service).Text("").Name(replacement));

    internal DnsBytes Authority(string owner, int ttl, int minimum)
    {
        _authorities++;
        return Record(owner, DnsType.Soa, ttl, data => data.Name("ns." + owner).Name("root." + owner).UInt32(1).UInt32(2).UInt32(3).UInt32(4).UInt32(minimum));
    }

    /// <summary>A record of the answer section with whatever data.</summary>
    internal DnsBytes Answer(string owner, DnsType type, int ttl, Action<DnsBytes> data)
    {
        _answers++;
        return Record(owner, type, ttl, data);
    }

    internal DnsBytes Name(string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
            Text(label);
        _bytes.Add(0);
        return this;
    }

    internal DnsBytes Text(string text)
    {
        _bytes.Add((byte)text.Length);
        return Raw(Encoding.ASCII.GetBytes(text));
    }

    internal DnsBytes Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal DnsBytes UInt16(int value) => Raw((byte)(value >> 8), (byte)value);

    internal DnsBytes UInt32(int value) => UInt16(value >> 16).UInt16(value);

    internal byte[] ToArray()
    {
        var bytes = _bytes.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)_answers);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(8), (ushort)_authorities);
        return bytes;
    }

    private DnsBytes Record(string owner, DnsType type, int ttl, Action<DnsBytes> data)
    {
        var inner = new DnsBytes();
        data(inner);
        return Name(owner).UInt16((int)type).UInt16(1).UInt32(ttl).UInt16(inner._bytes.Count).Raw([.. inner._bytes]);
    }
}
