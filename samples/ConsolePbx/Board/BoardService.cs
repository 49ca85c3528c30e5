using CallCenterKit.Sip;
using Microsoft.Extensions.Hosting;

namespace ConsolePbx.Board;

/// <summary>Shows agents and waiting callers while the center runs.</summary>
internal sealed class BoardService(BoardFeed feed, SipTelephony sip, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Console.Out.WriteLineAsync($"SIP phones register at {string.Join(", ", sip.BoundEndPoints)} (UDP). Ctrl+C stops.");
        if (Console.IsOutputRedirected)
            await BoardLines.WriteAsync(feed, Console.Out, time, stoppingToken);
        else
            await BoardTables.ShowAsync(feed, time, stoppingToken);
    }
}
