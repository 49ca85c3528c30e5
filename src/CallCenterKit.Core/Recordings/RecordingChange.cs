namespace CallCenterKit.Recordings;

/// <summary>One change to what is known of a recording. Making it twice is as good as once.</summary>
/// <param name="Recording">Which.</param>
public abstract record RecordingChange(RecordingId Recording)
{
    /// <summary>What its interaction's events say by now. What people have added stays as it is.</summary>
    /// <param name="Facts">All of it.</param>
    public sealed record Known(StoredRecording Facts) : RecordingChange(Facts.Recording);

    /// <summary>It got a star, or lost it.</summary>
    public sealed record Starred(RecordingId Recording, bool On) : RecordingChange(Recording);

    /// <summary>Somebody said something about it.</summary>
    public sealed record Commented(RecordingId Recording, RecordingComment Comment) : RecordingChange(Recording);

    /// <summary>It was put on a list, or taken off.</summary>
    public sealed record Listed(RecordingId Recording, string List, bool On) : RecordingChange(Recording);

    /// <summary>Somebody heard the message; the first counts.</summary>
    public sealed record Heard(RecordingId Recording, MessageMark Mark) : RecordingChange(Recording);

    /// <summary>Somebody took the message out of its mailbox.</summary>
    public sealed record Deleted(RecordingId Recording, MessageMark Mark) : RecordingChange(Recording);

    /// <summary>It must not be erased.</summary>
    public sealed record Held(RecordingId Recording, LegalHold Hold) : RecordingChange(Recording);

    /// <summary>It may be erased.</summary>
    public sealed record Released(RecordingId Recording) : RecordingChange(Recording);

    /// <summary>It was cut off, and its file has a checksum now.</summary>
    public sealed record Sealed(RecordingId Recording, string Sha256, long Bytes) : RecordingChange(Recording);

    /// <summary>Its audio is gone.</summary>
    public sealed record Erased(RecordingId Recording, RecordingErasure Erasure) : RecordingChange(Recording);
}
