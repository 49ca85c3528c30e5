using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Sip.Resolving;

/// <summary>How names of trunks and proxies are looked up.</summary>
public sealed class SipDnsOptions
{
    /// <summary>Name servers as "192.0.2.53" or "192.0.2.53:5353", in order. Empty: those of the machine.</summary>
    public IList<string> Servers { get; } = [];

    /// <summary>How long one server may take for one answer, 100 ms to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often all servers are asked before a lookup has failed, 1 to 10.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 2;

    /// <summary>An answer is kept at least so long, 0 s to 1 h; also the memory of a lookup that failed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MinLife { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An answer is kept at most so long, 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>That a name does not exist is kept at most so long, 0 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxNegativeLife { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>While no server answers, an answer that has run out is used so much longer (RFC 8767), 0 s to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan StaleLife { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How many answers are kept, 16 to 100,000; the one that was learned first goes first.</summary>
    [Range(16, 100_000)]
    public int MaxAnswers { get; set; } = 4096;

    /// <summary>Whether the machine's hosts file is read before a server is asked for an address.</summary>
    public bool UsesHostsFile { get; set; } = true;
}
