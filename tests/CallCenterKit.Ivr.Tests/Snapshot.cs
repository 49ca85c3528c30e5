namespace CallCenterKit.Ivr;

/// <summary>Compares text with NAME.verified.txt beside the test; a difference is left as NAME.received.txt for a person to look at and rename.</summary>
internal static class Snapshot
{
    public static void Verify(string folder, string name, string text)
    {
        var verified = Source.Path("tests", "CallCenterKit.Ivr.Tests", folder, $"{name}.verified.txt");
        var received = Source.Path("tests", "CallCenterKit.Ivr.Tests", folder, $"{name}.received.txt");
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (expected == text)
            File.Delete(received);
        else
            File.WriteAllText(received, text);
        Assert.Equal(expected, text);
    }
}
