namespace CallCenterKit.Tests.Interop;

/// <summary>The first call of a process waits for its code to be compiled, tens of milliseconds in all: what is measured closer than that comes behind it.</summary>
internal static class WarmProcess
{
    private static readonly Lazy<Task> Once = new(CallAsync);

    /// <summary>Ends when the process has carried a call from a queue, recorded.</summary>
    public static Task AfterFirstCallAsync()
    {
        ExternalProgram.Require("baresip");
        return Once.Value;
    }

    private static async Task CallAsync()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", toneHz: 437);
        await using var agent = await pbx.StartPhoneAsync("200", toneHz: 1033, autoAnswer: true);
        await caller.DialAsync(pbx.UriOf(PbxFixture.RingingQueue));
        await Task.WhenAll(caller.WaitEstablishedAsync(), agent.WaitEstablishedAsync());
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync());
        await pbx.SingleRecordAsync();
    }
}
