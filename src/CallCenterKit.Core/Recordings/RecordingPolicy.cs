namespace CallCenterKit.Recordings;

/// <summary>Says which of several rules counts. Pure; any thread.</summary>
public static class RecordingPolicy
{
    /// <summary>Who pauses a recording, and goes on with it, when a rule does and no person.</summary>
    public static ActorId Actor { get; } = new("policy");

    /// <summary>What counts: <see cref="RecordingMode.Never"/> if any rule says so, else the rule of the agent, of the queue, of the number, of the center, in this order.</summary>
    /// <param name="center">The rule of the whole center; null says nothing.</param>
    /// <param name="number">That of the number that was dialled; null says nothing.</param>
    /// <param name="queue">That of the queue; null says nothing.</param>
    /// <param name="agent">That of whoever is with the customer; null says nothing.</param>
    /// <returns>Null when nobody says anything: then nothing is recorded, and what is recorded already goes on.</returns>
    public static RecordingMode? Resolve(RecordingMode? center = null, RecordingMode? number = null, RecordingMode? queue = null, RecordingMode? agent = null) =>
        center is RecordingMode.Never || number is RecordingMode.Never || queue is RecordingMode.Never || agent is RecordingMode.Never
            ? RecordingMode.Never
            : agent ?? queue ?? number ?? center;

    /// <summary>What counts for two who are with the customer at once: never if one says so, else whoever wants more of it.</summary>
    public static RecordingMode? Together(RecordingMode? one, RecordingMode? other)
    {
        if (one is RecordingMode.Never || other is RecordingMode.Never)
            return RecordingMode.Never;
        return Nullable.Compare(one, other) < 0 ? other : one;
    }
}
