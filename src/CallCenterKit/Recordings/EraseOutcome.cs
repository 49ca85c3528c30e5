namespace CallCenterKit.Recordings;

/// <summary>What became of the wish to erase a recording.</summary>
public enum EraseOutcome
{
    /// <summary>Its audio is gone.</summary>
    Erased,

    /// <summary>Its audio was gone already.</summary>
    ErasedBefore,

    /// <summary>It is under legal hold and stays.</summary>
    Held,

    /// <summary>It is being recorded and stays; it can be erased once it has ended.</summary>
    Running,

    /// <summary>No such recording is known.</summary>
    Unknown,
}

/// <summary>What became of the wish to erase all recordings of a person.</summary>
/// <param name="Erased">Those whose audio and numbers are gone now.</param>
/// <param name="Held">Those that stay because of a legal hold.</param>
/// <param name="Running">Those that are being recorded: ask again when they have ended.</param>
public sealed record PartyErasure(IReadOnlyList<RecordingId> Erased, IReadOnlyList<RecordingId> Held, IReadOnlyList<RecordingId> Running);

/// <summary>How files and what is known of them agree.</summary>
/// <param name="Missing">Recordings that should have a file and have none.</param>
/// <param name="Found">Files nothing was known of, which are listed now: their begin was lost when the process died.</param>
/// <param name="Foreign">Files that are no recordings of ours; they are left alone.</param>
public sealed record RecordingCheck(IReadOnlyList<RecordingId> Missing, IReadOnlyList<RecordingId> Found, IReadOnlyList<string> Foreign);
