using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Engine;
using CallCenterKit.Voice;
using BridgeRole = CallCenterKit.Voice.BridgeRole;
using MediaRole = CallCenterKit.Media.Bridging.BridgeRole;

namespace CallCenterKit.Sip.Sessions;

/// <summary>A bridge of Media behind the voice port; takes the legs of every driver that stands on the same engine.</summary>
internal sealed class SipBridge(AudioBridge bridge) : IBridge
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CallId, (ICall Call, MediaLeg Leg)> _members = [];

    public ValueTask AddAsync(ICall call, BridgeRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(role);
        cancellationToken.ThrowIfCancellationRequested();
        if (call.State == CallState.Ended)
            throw new CallEndedException(call.Id, call.Ending);
        if (call is not IMediaLegOwner { MediaLeg: { } leg })
            throw new ArgumentException($"Call {call.Id} of driver '{call.Driver}' has no RTP audio here; this bridge cannot carry it.", nameof(call));
        lock (_lock)
        {
            ForgetEnded();
            _members[call.Id] = (call, leg);
            bridge.Add(leg, Role(role));
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(ICall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        lock (_lock)
        {
            if (_members.Remove(call.Id, out var member))
                bridge.Remove(member.Leg);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask SetRoleAsync(ICall call, BridgeRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(role);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_members.TryGetValue(call.Id, out var member))
                bridge.SetRole(member.Leg, Role(role));
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _members.Clear();
            bridge.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private MediaRole Role(BridgeRole role) => role switch
    {
        BridgeRole.Member => new MediaRole.Member(),
        BridgeRole.Listener => new MediaRole.Listener(),
        BridgeRole.WhisperTo whisper when _members.TryGetValue(whisper.Leg, out var to) => new MediaRole.Whisper(to.Leg),
        BridgeRole.WhisperTo whisper => throw new ArgumentException($"Call {whisper.Leg} is not in this bridge, so nobody can whisper to it.", nameof(role)),
        _ => throw new ArgumentException($"{role.GetType().Name} is not a role this bridge knows.", nameof(role)),
    };

    private void ForgetEnded()
    {
        foreach (var (id, member) in _members)
        {
            if (member.Call.State == CallState.Ended)
                _members.Remove(id);
        }
    }
}
