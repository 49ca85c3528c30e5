using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class ThreadPrioritiesTests
{
    [Fact]
    public void A_media_thread_goes_before_others_where_the_system_allows_it_and_its_children_do_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the priority of a thread in a file.");
        var (before, raised, after, child) = (0, false, 0, 0);
        InThread(() =>
        {
            before = Nice();
            raised = ThreadPriorities.TryRaise();
            after = Nice();
            InThread(() => child = Nice());
        });

        Assert.Equal(raised ? ThreadPriorities.Nice : before, after);
        Assert.Equal(before, child);
    }

    private static void InThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    // The 19th field; the second may hold blanks and ends with the last bracket.
    private static int Nice()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);
    }
}
