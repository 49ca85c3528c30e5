namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>The arrows of each state machine, in the order of its figure.</summary>
internal static class Arrows
{
    /// <summary>RFC 3261 §17.1.1 figure 5, RFC 6026 §8.4.</summary>
    internal static IReadOnlyList<Arrow> InviteClient { get; } =
    [
        new("Calling", "timer A", "Calling", "INVITE again; the interval doubles"),
        new("Calling", "timer B", "Terminated", "the user is told that it timed out"),
        new("Calling", "transport error", "Terminated", "the user is told"),
        new("Calling", "1xx", "Proceeding", "passed up"),
        new("Calling", "2xx", "Accepted", "passed up"),
        new("Calling", "300 to 699", "Completed", "passed up; ACK"),
        new("Calling", "over a stream", "Calling", "INVITE once: there is no timer A"),
        new("Proceeding", "1xx", "Proceeding", "passed up"),
        new("Proceeding", "2xx", "Accepted", "passed up"),
        new("Proceeding", "300 to 699", "Completed", "passed up; ACK"),
        new("Completed", "300 to 699", "Completed", "ACK again"),
        new("Completed", "transport error", "Terminated", "nothing: the user has its final response"),
        new("Completed", "timer D", "Terminated", "nothing"),
        new("Completed", "over a stream", "Terminated", "at once: timer D is zero"),
        new("Accepted", "2xx", "Accepted", "passed up"),
        new("Accepted", "timer M", "Terminated", "nothing"),
    ];

    /// <summary>RFC 3261 §17.1.2 figure 6.</summary>
    internal static IReadOnlyList<Arrow> NonInviteClient { get; } =
    [
        new("Trying", "timer E", "Trying", "the request again; the interval doubles up to T2"),
        new("Trying", "timer F", "Terminated", "the user is told that it timed out"),
        new("Trying", "transport error", "Terminated", "the user is told"),
        new("Trying", "1xx", "Proceeding", "passed up"),
        new("Trying", "200 to 699", "Completed", "passed up"),
        new("Trying", "over a stream", "Trying", "the request once: there is no timer E"),
        new("Proceeding", "timer E", "Proceeding", "the request again every T2"),
        new("Proceeding", "timer F", "Terminated", "the user is told that it timed out"),
        new("Proceeding", "transport error", "Terminated", "the user is told"),
        new("Proceeding", "1xx", "Proceeding", "passed up"),
        new("Proceeding", "200 to 699", "Completed", "passed up"),
        new("Completed", "response", "Completed", "absorbed"),
        new("Completed", "timer K", "Terminated", "nothing"),
        new("Completed", "over a stream", "Terminated", "at once: timer K is zero"),
    ];

    /// <summary>RFC 3261 §17.2.1 figure 7, RFC 6026 §8.7.</summary>
    internal static IReadOnlyList<Arrow> InviteServer { get; } =
    [
        new("Proceeding", "200 ms", "Proceeding", "100, unless the user was quicker"),
        new("Proceeding", "INVITE", "Proceeding", "the last provisional response again"),
        new("Proceeding", "101 to 199 from the user", "Proceeding", "the response"),
        new("Proceeding", "2xx from the user", "Accepted", "the response"),
        new("Proceeding", "300 to 699 from the user", "Completed", "the response"),
        new("Proceeding", "transport error", "Proceeding", "the user is told"),
        new("Completed", "INVITE", "Completed", "the final response again"),
        new("Completed", "timer G", "Completed", "the final response again; the interval doubles up to T2"),
        new("Completed", "over a stream", "Completed", "the final response once: there is no timer G"),
        new("Completed", "ACK", "Confirmed", "nothing"),
        new("Completed", "timer H", "Terminated", "the user is told that nobody acknowledged"),
        new("Completed", "transport error", "Completed", "the user is told"),
        new("Confirmed", "ACK", "Confirmed", "absorbed"),
        new("Confirmed", "timer I", "Terminated", "nothing"),
        new("Confirmed", "over a stream", "Terminated", "at once: timer I is zero"),
        new("Accepted", "INVITE", "Accepted", "absorbed"),
        new("Accepted", "ACK", "Accepted", "passed up"),
        new("Accepted", "2xx from the user", "Accepted", "the response"),
        new("Accepted", "transport error", "Accepted", "the user is told"),
        new("Accepted", "timer L", "Terminated", "nothing"),
    ];

    /// <summary>RFC 3261 §17.2.2 figure 8.</summary>
    internal static IReadOnlyList<Arrow> NonInviteServer { get; } =
    [
        new("Trying", "request", "Trying", "absorbed"),
        new("Trying", "1xx from the user", "Proceeding", "the response"),
        new("Trying", "200 to 699 from the user", "Completed", "the response"),
        new("Proceeding", "request", "Proceeding", "the last provisional response again"),
        new("Proceeding", "1xx from the user", "Proceeding", "the response"),
        new("Proceeding", "200 to 699 from the user", "Completed", "the response"),
        new("Proceeding", "transport error", "Terminated", "the user is told"),
        new("Completed", "request", "Completed", "the final response again"),
        new("Completed", "response from the user", "Completed", "nothing"),
        new("Completed", "transport error", "Terminated", "the user is told"),
        new("Completed", "timer J", "Terminated", "nothing"),
        new("Completed", "over a stream", "Terminated", "at once: timer J is zero"),
    ];
}
