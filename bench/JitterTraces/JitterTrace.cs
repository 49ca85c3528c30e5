namespace JitterTraces;

/// <summary>How a network treats the packets of one call, drawn from a seed. Packets do not overtake each other.</summary>
internal sealed class JitterTrace
{
    /// <summary>The fastest way through the network.</summary>
    public static readonly TimeSpan Fastest = TimeSpan.FromMilliseconds(40);

    /// <summary>What each packet carries.</summary>
    public static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Spikes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Highest = TimeSpan.FromMilliseconds(150);

    private readonly List<TracePacket> _packets = [];
    private readonly Random _random;

    private JitterTrace(string name, int seed, double pace)
    {
        Name = name;
        Pace = pace;
        _random = new Random(seed);
    }

    public string Name { get; }

    /// <summary>Seconds of the receiver's clock in one second of the sender's.</summary>
    public double Pace { get; }

    public IReadOnlyList<TracePacket> Packets => _packets;

    public int Lost => _packets.Count(packet => packet.Arrived is null);

    /// <summary>Every packet takes the mean time, give or take up to 5 ms, all equally likely.</summary>
    public static JitterTrace OfCalm(int seed, TimeSpan length)
    {
        var trace = new JitterTrace("calm, 5 ms", seed, 1);
        trace.Fill(length, static _ => TimeSpan.Zero, static () => false);
        return trace;
    }

    /// <summary>10 s as calm as that, then 2 s in which the network again and again holds all packets for 75 to 150 ms and lets them go at once.</summary>
    public static JitterTrace OfSpikes(int seed, TimeSpan length)
    {
        var trace = new JitterTrace("10 s calm, 2 s spikes to 150 ms", seed, 1);
        var (begins, ends) = (TimeSpan.Zero, TimeSpan.Zero);
        trace.Fill(
            length,
            sent =>
            {
                if (sent >= ends && sent.Ticks % (Calm + Spikes).Ticks >= Calm.Ticks && sent >= begins)
                {
                    ends = sent + (Highest * (0.5 + (trace._random.NextDouble() / 2)));
                    begins = sent + (Highest * (1 + (3 * trace._random.NextDouble())));
                }

                return sent < ends ? ends - sent : TimeSpan.Zero;
            },
            static () => false);
        return trace;
    }

    /// <summary>As calm as the first, but 5 % are lost, three in a row on average (a Gilbert channel), and the sender's clock is off.</summary>
    /// <param name="seed">Draws it.</param>
    /// <param name="length">Of the call.</param>
    /// <param name="drift">1e-4 is a sender 100 ppm too slow.</param>
    public static JitterTrace OfLoss(int seed, TimeSpan length, double drift)
    {
        const double Share = 0.05;
        const double MeanRun = 3;
        var trace = new JitterTrace($"5 % bursty loss, drift {drift * 1e6:+0;-0} ppm", seed, 1 + drift);
        var isLosing = false;
        trace.Fill(length, static _ => TimeSpan.Zero, () =>
        {
            var draw = trace._random.NextDouble();
            isLosing = isLosing ? draw >= 1 / MeanRun : draw < Share / (1 - Share) / MeanRun;
            return isLosing;
        });
        return trace;
    }

    private void Fill(TimeSpan length, Func<TimeSpan, TimeSpan> hold, Func<bool> isLost)
    {
        var before = TimeSpan.Zero;
        for (var i = 0; i * Packet < length; i++)
        {
            var sent = i * Packet * Pace;
            var delay = Fastest + (2 * Jitter * _random.NextDouble());
            var arrival = sent + delay + hold(sent);
            before = arrival > before ? arrival : before;
            _packets.Add(new TracePacket(sent, isLost() ? null : before));
        }
    }
}
