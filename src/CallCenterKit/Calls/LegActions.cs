using CallCenterKit.Conversations;
using CallCenterKit.Events;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Playlists;
using CallCenterKit.Recordings;
using CallCenterKit.Supervisors;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Does to the legs of one interaction what its conversation wants. Called by one mailbox.</summary>
internal sealed class LegActions(CenterServices center, ConversationHost host)
{
    private readonly Dictionary<CallId, CancellationTokenSource> _playing = [];
    private readonly Dictionary<RecordingId, ICallRecording> _recordings = [];
    private readonly CallerMusic _music = new(center, host.Interaction, () => host.Session.GetVariable(FlowCall.LanguageVariable));
    private readonly Lock _lock = new();
    private readonly Dictionary<CallId, ICall> _legs = [];
    private readonly Dictionary<int, IBridge> _bridges = [];

    /// <summary>One more leg. Any thread.</summary>
    public void Add(ICall leg)
    {
        lock (_lock) { _legs[leg.Id] = leg; }
    }

    public ValueTask AnswerAsync(CallId leg) => center.Work.ParkAsync(Find(leg).AnswerAsync(CancellationToken.None));

    public ValueTask RingAsync(CallId leg) => center.Work.ParkAsync(Find(leg).RingAsync(CancellationToken.None));

    public ValueTask JoinAsync(CallId leg, int bridge)
    {
        StopPlaying(leg);
        if (!_bridges.TryGetValue(bridge, out var joined))
            _bridges[bridge] = joined = center.DriverOf(host.Customer).CreateBridge();
        return center.Work.ParkAsync(joined.AddAsync(Find(leg), BridgeRole.Full, CancellationToken.None));
    }

    /// <summary>Brings a supervisor into a bridge, or changes the role there. What goes wrong with it ends the supervisor's leg, and nobody's call.</summary>
    public async ValueTask SuperviseAsync(CallId leg, int bridge, BridgeRole role)
    {
        if (!_bridges.TryGetValue(bridge, out var joined))
            return;
        var supervisor = Find(leg);
        try
        {
            await center.Work.ParkAsync(joined.AddAsync(supervisor, role, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            SupervisorsLog.Failed(center.Logger, fault, host.Interaction);
            supervisor.HangUp(HangUpCause.Failed);
        }
    }

    public ValueTask LeaveAsync(CallId leg, int bridge) =>
        _bridges.TryGetValue(bridge, out var left) ? center.Work.ParkAsync(left.RemoveAsync(Find(leg))) : default;

    public void PlayRinging(CallId leg) => Play(leg, [PlayRequest.Tone(ToneKind.Ringback)]);

    public void Report(CallId leg, TransferProgress progress) => Find(leg).ReportTransfer(progress);

    public void Play(CallId leg, string? music)
    {
        if (music is not null && _music.Of(music) is { } request)
            Play(leg, [request]);
        else
            StopPlaying(leg);
    }

    /// <summary>Says something in place of the music, which then goes on where it was.</summary>
    public void Announce(CallId leg, IReadOnlyList<PlaySource> sources, string? music) =>
        Play(leg, music is not null && _music.Of(music) is { } request ? [new(sources), request] : [new(sources)]);

    private void Play(CallId leg, IReadOnlyList<PlayRequest> requests)
    {
        StopPlaying(leg);
        var stop = new CancellationTokenSource();
        _playing[leg] = stop;
        _ = PlayUntilStoppedAsync(Find(leg), requests, stop.Token);
    }

    public void StopPlaying(CallId leg)
    {
        if (!_playing.Remove(leg, out var stop))
            return;
        stop.Cancel();
        stop.Dispose();
    }

    public void HangUp(CallId leg, HangUpCause cause) => Find(leg).HangUp(cause);

    public async ValueTask RecordAsync(CallId leg, RecordingOrder order)
    {
        try
        {
            var path = center.RecordingPath(order.File);
            var recording = await center.Work.ParkAsync(Find(leg).RecordAsync(RequestOf(order, path), CancellationToken.None)).ConfigureAwait(false);
            _recordings[order.Id] = recording;
            _ = ReportWhenClosedAsync(recording);
        }
        catch (CallEndedException)
        {
            host.Post(new RecordingClosed(order.Id, TimeSpan.Zero, 0, "the call had ended"));
        }
        catch (Exception fault)
        {
            // The call goes on; that it is not recorded is said aloud and stands in its record.
            CallsLog.RecordingFailed(center.Logger, fault, order.File, host.Interaction);
            host.Post(new RecordingClosed(order.Id, TimeSpan.Zero, 0, fault.Message));
        }
    }

    private RecordRequest RequestOf(RecordingOrder order, string path) => new(order.Id, path)
    {
        Format = center.RecordingFormat,
        Channels = center.RecordingChannels,
        StartPaused = order.StartPaused,
    };

    public void StopRecording(RecordingId recording)
    {
        if (_recordings.TryGetValue(recording, out var running))
            _ = running.StopAsync().AsTask();
    }

    public void PauseRecording(RecordingId recording)
    {
        if (_recordings.TryGetValue(recording, out var running))
            running.Pause();
    }

    public void ResumeRecording(RecordingId recording)
    {
        if (_recordings.TryGetValue(recording, out var running))
            running.Resume();
    }

    /// <summary>The customer wants nothing of it kept.</summary>
    public void DeleteRecording(RecordingId recording, string file)
    {
        var fault = UnwantedFile.Delete(center.RecordingPath(file));
        if (fault is not null)
            CallsLog.DeletionFailed(center.Logger, fault, file, host.Interaction);
        host.Post(new RecordingDeleted(recording, fault?.Message));
    }

    /// <summary>The interaction is over.</summary>
    public async ValueTask CloseAsync()
    {
        foreach (var leg in _playing.Keys.ToArray())
            StopPlaying(leg);
        foreach (var bridge in _bridges.Values)
            await bridge.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A leg that is, or was, in this interaction. Any thread.</summary>
    public ICall Find(CallId leg) => TryFind(leg) ?? throw new InvalidOperationException($"Leg {leg} is not one of interaction {host.Interaction}.");

    /// <inheritdoc cref="Find"/>
    public ICall? TryFind(CallId leg)
    {
        lock (_lock) { return _legs.GetValueOrDefault(leg); }
    }

    private async Task PlayUntilStoppedAsync(ICall leg, IReadOnlyList<PlayRequest> requests, CancellationToken stop)
    {
        var counted = false; // from the end of one to the begin of the next
        try
        {
            foreach (var request in requests.SkipLast(1))
            {
                var playing = leg.PlayAsync(request, stop);
                if (!counted)
                    center.Work.Enter();
                counted = true;
                if (await center.Work.ParkAsync(playing).ConfigureAwait(false) == PlayEnd.Stopped)
                    return; // Something else is played now, or the leg is joined.
            }
            var last = leg.PlayAsync(requests[^1], stop);
            if (counted)
                center.Work.Leave();
            counted = false;
            await last.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the leg ended: both are how music ends.
        }
        catch (Exception fault)
        {
            CallsLog.MusicFailed(center.Logger, fault, string.Join(", ", requests.SelectMany(request => request.Sources)), host.Interaction);
        }
        finally
        {
            if (counted)
                center.Work.Leave();
        }
    }

    private async Task ReportWhenClosedAsync(ICallRecording recording)
    {
        var result = await recording.Completed.ConfigureAwait(false);
        host.Post(new RecordingClosed(recording.Id, result.Length, result.DroppedFrames, result.Fault) { Sha256 = result.Sha256, Bytes = result.Bytes });
    }
}
