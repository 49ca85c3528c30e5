namespace CallCenterKit.Media.Recording;

/// <summary>How many channels a recording has.</summary>
public enum RecordingChannels
{
    /// <summary>Left what the party says, right what it is sent.</summary>
    Stereo,

    /// <summary>Both mixed; where the sum is too loud for 16 bits it is bent instead of cut.</summary>
    Mono,
}
