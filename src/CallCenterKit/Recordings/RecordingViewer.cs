namespace CallCenterKit.Recordings;

/// <summary>Who looks at recordings, and in which roles. Roles are the host's own words.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Roles">The roles they have; whole numbers are shown to those of <see cref="Configuration.RecordingOptions.WholeNumbersFor"/>.</param>
public sealed record RecordingViewer(ActorId Actor, params IReadOnlyList<string> Roles);
