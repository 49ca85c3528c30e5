using CallCenterKit.Media.Jitter;

namespace CallCenterKit.Media.Engine;

/// <summary>Judges a leg's audio once a second by the ten seconds before. On the media thread, but for <see cref="Mos"/>.</summary>
internal sealed class QualityWatch(LegCounters counters, RtcpReporter rtcp, double poorMos)
{
    private const int Seconds = 10;
    private const double Recovery = 0.3;                      // better than poor by so much is good again

    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    private readonly Second[] _seconds = new Second[Seconds];
    private Second _sum;
    private Second _total;
    private PlayoutCounts? _playout;
    private uint? _ssrc;
    private int _next;
    private int _heard;
    private bool _isPoor;
    private double _mos;

    /// <summary>The estimate of ten seconds; null while nothing came for as long. Any thread.</summary>
    public double? Mos => Volatile.Read(ref _mos) is > 0 and var mos ? mos : null;

    /// <summary>Looks at one more second.</summary>
    /// <param name="buffer">Of the leg, where its audio is decoded.</param>
    /// <param name="now">Ticks of the media clock.</param>
    /// <param name="quality">How the leg sounds.</param>
    /// <returns>True if it has become poor, or good again.</returns>
    public bool TryJudge(JitterBuffer? buffer, long now, out MediaLegQuality quality)
    {
        quality = default;
        Count(buffer?.Counts);
        if (_sum.Expected == 0)
        {
            _heard = 0;                                       // nobody speaks: what comes next is judged for itself
            Volatile.Write(ref _mos, 0);
            return false;
        }

        var reception = counters.Reception!;
        var loss = Math.Max(Loss(), rtcp.RecentRemoteLoss(now));
        // What a far end's buffer adds is not known where packets are only passed on: twice the jitter is what it needs.
        var buffered = buffer?.Delay ?? 2 * reception.Jitter;
        var mos = EModel.Mos((rtcp.RoundTrip / 2) + buffered + Packet, loss);
        Volatile.Write(ref _mos, mos);
        var wasPoor = _isPoor;
        if (++_heard >= Seconds)
            _isPoor = mos < (_isPoor ? poorMos + Recovery : poorMos);
        quality = new MediaLegQuality(_isPoor, mos, loss, reception.Jitter, rtcp.RoundTrip);
        return _isPoor != wasPoor;
    }

    private double Loss() => _sum.Played > 0
        ? (double)_sum.Concealed / _sum.Played
        : Math.Clamp((double)(_sum.Expected - _sum.Received) / _sum.Expected, 0, 1);

    private void Count(PlayoutCounts? playout)
    {
        var total = Totals(playout);
        // Another source or another buffer counts from zero.
        var isSame = counters.Reception?.Ssrc == _ssrc && playout == _playout && total.Expected >= _total.Expected;
        var second = isSame ? total.Less(_total) : default;
        (_total, _playout, _ssrc) = (total, playout, counters.Reception?.Ssrc);
        _sum = _sum.Plus(second).Less(_seconds[_next]);
        _seconds[_next] = second;
        _next = (_next + 1) % Seconds;
    }

    private Second Totals(PlayoutCounts? playout) =>
        new(counters.Reception?.Expected ?? 0, counters.Reception?.Received ?? 0, playout?.Played ?? 0, playout?.Concealed ?? 0);

    private readonly record struct Second(long Expected, long Received, long Played, long Concealed)
    {
        public Second Plus(Second other) =>
            new(Expected + other.Expected, Received + other.Received, Played + other.Played, Concealed + other.Concealed);

        public Second Less(Second other) =>
            new(Expected - other.Expected, Received - other.Received, Played - other.Played, Concealed - other.Concealed);
    }
}
