using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CallCenterKit.Media.Srtp;

/// <summary>AES in counter mode (RFC 3711 §4.1.1): all counter blocks of a packet are encrypted in one call.</summary>
internal sealed class AesCmKeystream : IDisposable
{
    private const int BlockSize = 16;
    private const int UsualBlocks = 16;                       // 20 ms of G.711 take ten

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly ulong _saltHigh;
    private readonly ulong _saltLow;

    // Grow with the first packet that is longer than all before it.
    private byte[] _counters = new byte[UsualBlocks * BlockSize];
    private byte[] _keystream = new byte[UsualBlocks * BlockSize];

    /// <param name="key">The session's encryption key.</param>
    /// <param name="salt">14 bytes.</param>
    public AesCmKeystream(byte[] key, ReadOnlySpan<byte> salt)
    {
        Span<byte> padded = stackalloc byte[BlockSize];
        padded.Clear();
        salt.CopyTo(padded);
        _saltHigh = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _saltLow = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
        _aes = Aes.Create();
        _aes.Mode = CipherMode.ECB;                           // counter mode is made of single blocks: counters, never text
        _aes.Padding = PaddingMode.None;
        _aes.Key = key;
        _encryptor = _aes.CreateEncryptor();
    }

    /// <summary>Encrypts, or decrypts what was encrypted.</summary>
    /// <param name="ssrc">Of the packet.</param>
    /// <param name="index">Of the packet: 48 bits of RTP, 31 of RTCP.</param>
    /// <param name="input">At most 2^16 blocks.</param>
    /// <param name="output">As long as the input; may be the same.</param>
    public void Apply(uint ssrc, long index, ReadOnlySpan<byte> input, Span<byte> output)
    {
        var size = (input.Length + BlockSize - 1) / BlockSize * BlockSize;
        if (size == 0)
            return;
        if (size > _counters.Length)
            (_counters, _keystream) = (new byte[size], new byte[size]);
        WriteCounters(ssrc, index, size);
        _encryptor.TransformBlock(_counters, 0, size, _keystream, 0);
        Combine(input, _keystream, output);
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
    }

    // IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16); the counter takes the lowest 16 bits.
    private void WriteCounters(uint ssrc, long index, int size)
    {
        var high = _saltHigh ^ ssrc;
        var low = _saltLow ^ ((ulong)index << 16);
        for (var at = 0; at < size; at += BlockSize)
        {
            var block = _counters.AsSpan(at, BlockSize);
            BinaryPrimitives.WriteUInt64BigEndian(block, high);
            BinaryPrimitives.WriteUInt64BigEndian(block[8..], low + (ulong)(at / BlockSize));
        }
    }

    private static void Combine(ReadOnlySpan<byte> input, ReadOnlySpan<byte> keystream, Span<byte> output)
    {
        var inputs = MemoryMarshal.Cast<byte, ulong>(input);
        var keys = MemoryMarshal.Cast<byte, ulong>(keystream);
        var outputs = MemoryMarshal.Cast<byte, ulong>(output);
        for (var i = 0; i < inputs.Length; i++)
            outputs[i] = inputs[i] ^ keys[i];
        for (var i = inputs.Length * sizeof(ulong); i < input.Length; i++)
            output[i] = (byte)(input[i] ^ keystream[i]);
    }
}
