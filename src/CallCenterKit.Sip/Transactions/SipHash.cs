using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace CallCenterKit.Sip.Transactions;

/// <summary>SipHash-1-3: a keyed hash that a stranger can't steer, for tables of what comes from the wire, and with a counter a source of tags.</summary>
internal readonly struct SipHash(ulong key0, ulong key1)
{
    internal static SipHash CreateRandom()
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return new SipHash(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));
    }

    internal ulong Compute(ReadOnlySpan<byte> data)
    {
        var state = new State(key0, key1);
        var rest = data;
        for (; rest.Length >= 8; rest = rest[8..]) state.Add(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        var last = (ulong)data.Length << 56;
        for (var i = 0; i < rest.Length; i++) last |= (ulong)rest[i] << (8 * i);
        state.Add(last);
        return state.Finish();
    }

    internal ulong Compute(ulong a, ulong b)
    {
        var state = new State(key0, key1);
        state.Add(a);
        state.Add(b);
        state.Add(16UL << 56);
        return state.Finish();
    }

    private struct State(ulong key0, ulong key1)
    {
        private ulong _v0 = key0 ^ 0x736f6d6570736575;
        private ulong _v1 = key1 ^ 0x646f72616e646f6d;
        private ulong _v2 = key0 ^ 0x6c7967656e657261;
        private ulong _v3 = key1 ^ 0x7465646279746573;

        internal void Add(ulong word)
        {
            _v3 ^= word;
            Round();
            _v0 ^= word;
        }

        internal ulong Finish()
        {
            _v2 ^= 0xff;
            Round();
            Round();
            Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
