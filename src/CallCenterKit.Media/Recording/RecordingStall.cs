namespace CallCenterKit.Media.Recording;

/// <summary>A disk that keeps recordings waiting. Calls do not notice.</summary>
/// <param name="Volume">Where the disk is mounted.</param>
/// <param name="Since">When it was last known to write.</param>
/// <param name="Lasted">How long it has been so.</param>
/// <param name="Recordings">How many are running there.</param>
public sealed record RecordingStall(string Volume, DateTimeOffset Since, TimeSpan Lasted, int Recordings);
