using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CallCenterKit.Media.Engine;

/// <summary>Addresses, ports and threads of a <see cref="MediaEngine"/>. Read once, when the engine is made.</summary>
public sealed class MediaOptions
{
    /// <summary>The local address RTP sockets are bound to; all IPv4 addresses by default, and <c>::</c> means all of both families.</summary>
    [Required]
    public string BindAddress { get; set; } = "0.0.0.0";

    /// <summary>The address put into SDP when the outside sees another than <see cref="BindAddress"/>, such as the public side of a NAT.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>First RTP port; even. RTCP takes the next, odd one (RFC 3550 §11).</summary>
    [Range(1024, 65534)]
    public int FirstPort { get; set; } = 16384;

    /// <summary>Last RTP port; even. One leg takes one pair.</summary>
    [Range(1024, 65534)]
    public int LastPort { get; set; } = 32766;

    /// <summary>Media threads, 0 to 64. With 0 nothing runs by itself: the caller steps the engine with <see cref="MediaEngine.RunOnce"/>.</summary>
    [Range(0, 64)]
    public int Threads { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// The DSCP that RTP and RTCP are marked with, 0 to 63, so that networks put voice first; 46 is Expedited Forwarding
    /// (RFC 3246, RFC 4594 §4.1). Where the system does not allow it, as Windows does not without a policy, packets go unmarked.
    /// </summary>
    [Range(0, 63)]
    public int Dscp { get; set; } = 46;

    /// <summary>How packets are waited for.</summary>
    [EnumDataType(typeof(MediaPoller))]
    public MediaPoller Poller { get; set; } = MediaPoller.Auto;

    /// <summary>How long a leg that should receive may stay without a packet before its sink is told: 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MediaTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A leg whose estimated mean opinion score is under this for 10 s sounds poor, and good again when it is 0.3 over it:
    /// 1 to 4.4, and 1 turns it off. At 3.1 nearly all users are dissatisfied (ITU-T G.107 Annex B puts that at 3.10 to 2.58).
    /// </summary>
    [Range(1.0, 4.4)]
    public double PoorMos { get; set; } = 3.1;

    /// <summary>
    /// Whether a leg that is neither bridged nor played to is sent silence, so that the far end, and a NAT on the way,
    /// see a steady stream.
    /// </summary>
    public bool SendSilenceWhenIdle { get; set; } = true;

    /// <summary>Bytes of encoded prompts and music kept in memory, shared by all calls: 1 MB to 16 GB. The longest unused go first.</summary>
    [Range(1L << 20, 1L << 34)]
    public long PromptCacheBytes { get; set; } = 256L << 20;

    /// <summary>
    /// How long a disk may hang before recordings on it lose audio, 1 s to 2 min: so much of each is kept in memory meanwhile, 18 kB
    /// for each second of G.711. Calls never wait for a disk.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan RecordingBacklog { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a disk may hang before <see cref="Recording.IRecordingAlarm.OnRecordingStalled"/>, 250 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.250", "00:01:00")]
    public TimeSpan RecordingStallAlarm { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Makes the numbers a stream begins with (RFC 3550 §5.1) the same in every run, for tests; null draws them at random.</summary>
    public int? Seed { get; set; }

    internal IPAddress Bind => IPAddress.Parse(BindAddress);

    internal IPAddress? Advertised => AdvertisedAddress is null ? null : IPAddress.Parse(AdvertisedAddress);
}
