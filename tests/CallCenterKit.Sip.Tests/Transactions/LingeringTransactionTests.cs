using CallCenterKit.Sip.Tests.Messages;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>Alone, since the whole heap is measured.</summary>
[Collection(nameof(AllocationTests))]
public class LingeringTransactionTests
{
    [Fact]
    public void Lingering_transaction_costs_under_a_kilobyte()
    {
        const int Count = 10_000; // so many that what tests before this one leave behind does not show
        using var harness = new Harness();
        for (var i = 0; i < 200; i++) Answer(i);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 200; i < 200 + Count; i++) Answer(i);
        harness.Transport.Sent.Clear();
        harness.Told.Clear();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;

        Assert.Equal(200 + Count, harness.Layer.ServerCount);
        Assert.InRange(bytes, 100, 1024);

        void Answer(int number)
        {
            harness.ReceiveRequest("OPTIONS", branch: $"z9hG4bK{number}");
            harness.Server!.Respond(200);
            harness.Transport.Sent.Clear();
            harness.Told.Clear();
        }
    }
}
