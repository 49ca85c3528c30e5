namespace CallCenterKit.Hosting;

/// <summary>Who causes things besides people.</summary>
public static class Actors
{
    /// <summary>The center itself.</summary>
    public static ActorId System { get; } = new("system");

    /// <summary>A flow, on behalf of whoever wrote it.</summary>
    public static ActorId Flow { get; } = new("flow");

    /// <summary>An agent, by their own hand.</summary>
    public static ActorId Of(AgentId agent) => new($"agent:{agent}");
}
