using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.RandomCalls;

/// <summary>What two parties mean to do in one call, drawn from the seed and the number of the call alone; the network decides what comes of it.</summary>
internal sealed class CallPlan
{
    private static readonly HangUpCause[] Refusals =
        [HangUpCause.Busy, HangUpCause.Rejected, HangUpCause.NotFound, HangUpCause.Forbidden, HangUpCause.NoAnswer, HangUpCause.Congestion];

    private static readonly int[] RefusalCodes = [302, 403, 404, 480, 486, 488, 500, 503, 600, 603];

    private readonly Random _dice;

    /// <param name="seed">Of the run.</param>
    /// <param name="number">Of the call, from 0.</param>
    /// <param name="arrivals">Within this time all calls begin.</param>
    public CallPlan(ulong seed, int number, TimeSpan arrivals)
    {
        _dice = new Random(unchecked((int)(seed ^ (seed >> 32)) ^ (number * 486_187_739)));
        Number = number;
        StartsAfter = arrivals * _dice.NextDouble();
        IsInbound = Chance(0.6);
        IsExtension = Chance(0.3);
        Rings = Chance(0.7);
        RingsAfter = Upto(1);
        HasEarlyAudio = IsInbound && Chance(0.1);
        Reply = Draw([(0.7, Reply.Answer), (0.2, Reply.Refuse), (0.1, Reply.Nothing)]);
        RepliesAfter = Chance(0.2) ? TimeSpan.Zero : Upto(8);
        Refusal = Refusals[_dice.Next(Refusals.Length)];
        RefusalCode = RefusalCodes[_dice.Next(RefusalCodes.Length)];
        // Around the answer more often than not, so that the two cross.
        GivesUpAfter = Reply == Reply.Nothing ? Upto(15) : !Chance(0.2) ? null : Chance(0.5) ? RingsAfter + RepliesAfter + Upto(0.2) : Upto(10);
        RingTime = TimeSpan.FromSeconds(_dice.Next(5, 40));
        RepeatsInviteAfter = Chance(0.1) ? Upto(20) : null;
        LosesAcks = Chance(0.03);
        DiesAfter = Chance(0.05) ? Upto(15) : null;
        HostActs = Draws<HostAct>(HostHold, HostHold, HostResume, HostResume, HostRefer);
        PhoneActs = Draws<PhoneAct>(PhoneAct.Hold, PhoneAct.Hold, PhoneAct.Resume, PhoneAct.Resume, PhoneAct.Info, PhoneAct.Options, PhoneAct.Update, PhoneAct.Refer);
        HostHangsUpAfter = Chance(0.1) ? TimeSpan.Zero : Upto(12);
        PhoneHangsUpAfter = !Chance(0.6) ? null : Chance(0.3) ? HostHangsUpAfter : Upto(12);
    }

    private const HostAct HostHold = HostAct.Hold, HostResume = HostAct.Resume, HostRefer = HostAct.Refer;

    public int Number { get; }

    /// <summary>Of the phone.</summary>
    public string User => $"p{Number}";

    public TimeSpan StartsAfter { get; }

    /// <summary>The phone calls the center, rather than the other way round.</summary>
    public bool IsInbound { get; }

    /// <summary>The phone is one of ours: it is asked for its password, and registers before it is called.</summary>
    public bool IsExtension { get; }

    public bool Rings { get; }

    public TimeSpan RingsAfter { get; }

    public bool HasEarlyAudio { get; }

    /// <summary>What the called party does.</summary>
    public Reply Reply { get; }

    public TimeSpan RepliesAfter { get; }

    public HangUpCause Refusal { get; }

    public int RefusalCode { get; }

    /// <summary>When the calling party cancels; null when it waits.</summary>
    public TimeSpan? GivesUpAfter { get; }

    public TimeSpan RingTime { get; }

    /// <summary>When the phone sends its INVITE once more, as a confused one does.</summary>
    public TimeSpan? RepeatsInviteAfter { get; }

    /// <summary>No ACK of the phone arrives.</summary>
    public bool LosesAcks { get; }

    /// <summary>When the phone loses its power.</summary>
    public TimeSpan? DiesAfter { get; }

    public IReadOnlyList<(TimeSpan Pause, HostAct Act)> HostActs { get; }

    public IReadOnlyList<(TimeSpan Pause, PhoneAct Act)> PhoneActs { get; }

    /// <summary>After the answer and all it does.</summary>
    public TimeSpan HostHangsUpAfter { get; }

    /// <summary>Null when it waits for the center.</summary>
    public TimeSpan? PhoneHangsUpAfter { get; }

    public override string ToString() =>
        $"call {Number}, {(IsExtension ? "extension " : "")}{(IsInbound ? "inbound" : "outbound")}: {(Rings ? $"rings after {RingsAfter:g}, " : "")}{Reply} after {RepliesAfter:g} ({Refusal}, {RefusalCode}), "
        + $"given up {GivesUpAfter:g}, host [{string.Join(' ', HostActs)}] hangs up {HostHangsUpAfter:g}, phone [{string.Join(' ', PhoneActs)}] hangs up {PhoneHangsUpAfter:g}, "
        + $"repeats {RepeatsInviteAfter:g}, dies {DiesAfter:g}{(LosesAcks ? ", loses ACKs" : "")}";

    private List<(TimeSpan Pause, T Act)> Draws<T>(params T[] acts)
    {
        List<(TimeSpan, T)> drawn = [];
        while (drawn.Count < 6 && Chance(0.55)) drawn.Add((Chance(0.3) ? TimeSpan.Zero : Upto(3), acts[_dice.Next(acts.Length)]));
        return drawn;
    }

    private Reply Draw((double Share, Reply Reply)[] replies)
    {
        var left = _dice.NextDouble();
        foreach (var (share, reply) in replies)
        {
            if ((left -= share) < 0) return reply;
        }

        return replies[^1].Reply;
    }

    private bool Chance(double share) => _dice.NextDouble() < share;

    private TimeSpan Upto(double seconds) => TimeSpan.FromMilliseconds(Math.Round(_dice.NextDouble() * seconds * 1000));
}

/// <summary>What a called party does.</summary>
internal enum Reply
{
    Answer,
    Refuse,
    Nothing,
}

/// <summary>What the center does in a call.</summary>
internal enum HostAct
{
    Hold,
    Resume,
    Refer,
}

/// <summary>What the phone does in a call.</summary>
internal enum PhoneAct
{
    Hold,
    Resume,
    Info,
    Options,
    Update,
    Refer,
}
