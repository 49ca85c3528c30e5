using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Jitter;
using CallCenterKit.Media.Resampling;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Bridging;

/// <summary>One leg's place in a bridge. On the bridge's media thread.</summary>
internal sealed class BridgePort(BridgeCore bridge, LegStream stream, BridgeRole role)
{
    private AudioCodec? _inputCodec;
    private JitterBuffer? _input;
    private AudioCodec? _outputCodec;
    private AudioEncoder? _encoder;
    private Resampler? _toMixer;
    private Resampler? _fromMixer;
    private short[] _said = [];

    /// <summary>Keeps what the leg hears within a sample's range. A field, because it changes.</summary>
    public MixLimiter Limiter;

    public BridgeCore Bridge { get; } = bridge;

    public LegStream Stream { get; } = stream;

    public BridgeRole Role { get; set; } = role;

    /// <summary>Puts what the leg says back into time; null while nothing is decoded.</summary>
    public JitterBuffer? Input => _input;

    /// <summary>What the leg said in this frame, at the mixer's rate.</summary>
    public ReadOnlySpan<short> Said => _said;

    public bool IsMember => Role is BridgeRole.Member;

    public bool IsHeardBy(BridgePort other) =>
        other != this && (IsMember || (Role is BridgeRole.Whisper whisper && whisper.To.Stream == other.Stream));

    /// <summary>Takes a packet for the mixer.</summary>
    /// <param name="codec">Of the packet.</param>
    /// <param name="header">Of the packet.</param>
    /// <param name="payload">Of the packet.</param>
    /// <param name="at">When it came.</param>
    public void Hear(AudioCodec codec, in RtpHeader header, ReadOnlySpan<byte> payload, long at)
    {
        if (!Bridge.IsMixing)
            return;
        if (_input is null || codec != _inputCodec)
        {
            _inputCodec = codec;
            // At once: who was relayed until now shall not fall silent because somebody joins.
            _input = new JitterBuffer(codec, startsAtOnce: true);
        }

        _input.Write(header, payload, at);
    }

    public void PassOn(char digit, TimeSpan duration) => Bridge.PassOn(this, digit, duration);

    /// <summary>Takes this frame's samples out of what has arrived.</summary>
    /// <param name="rateHz">The mixer's.</param>
    /// <param name="at">The instant of the frame clock.</param>
    public void TakeSaid(int rateHz, long at)
    {
        var samples = rateHz / 50;
        if (_said.Length != samples)
            _said = new short[samples];
        if (_input is null)
        {
            Array.Clear(_said);
            return;
        }

        var ownRateHz = _inputCodec!.SampleRateHz;
        var pcm = Bridge.Thread.Scratch.Decoded.AsSpan(0, ownRateHz / 50);
        _input.Read(pcm, at);
        _toMixer = Resampler.Follow(_toMixer, ownRateHz, rateHz);
        _toMixer.Convert(pcm, _said);
    }

    /// <summary>Sends what the leg hears in this frame.</summary>
    public void Send(ReadOnlySpan<short> heard, int rateHz, long at)
    {
        var codec = Stream.SendCodec!;
        if (codec != _outputCodec)
            (_outputCodec, _encoder) = (codec, codec.CreateEncoder());
        var scratch = Bridge.Thread.Scratch;
        _fromMixer = Resampler.Follow(_fromMixer, rateHz, codec.SampleRateHz);
        var count = _fromMixer.Convert(heard, scratch.Converted);
        var bytes = _encoder!.Encode(scratch.Converted.AsSpan(0, count), scratch.Encoded);
        Stream.SendFrame(scratch.Encoded.AsSpan(0, bytes), at);
    }

    /// <summary>Forgets what waits to be mixed.</summary>
    public void StopMixing()
    {
        _input = null;
        _inputCodec = null;
        _toMixer = null;
        _fromMixer = null;
    }
}
