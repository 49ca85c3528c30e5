namespace ConsolePbx.Demo;

/// <summary>The section "Demo": ways to shorten the demo, and to break it.</summary>
internal sealed class DemoOptions
{
    /// <summary>A script of about 12 seconds in place of 40.</summary>
    public bool Short { get; set; }

    /// <summary>What the agents' phones answer with: 200 takes the call, 486 is busy.</summary>
    public int AgentAnswer { get; set; } = 200;
}
