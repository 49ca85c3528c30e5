namespace CallCenterKit.Model;

/// <summary>The names of the channels an interaction can come by.</summary>
public static class Channels
{
    /// <summary>A phone call.</summary>
    public const string Voice = "voice";

    /// <summary>A text conversation.</summary>
    public const string Chat = "chat";
}
