using System.ComponentModel.DataAnnotations;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip;

/// <summary>A way to and from the telephone network: a carrier, a gateway, another exchange.</summary>
public sealed class SipTrunkOptions
{
    /// <summary>The name dial plans, calls and logs know it by; 1 to 128 characters, once only.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// Where it is: "sip.carrier.example", "gw.example:5080", "192.0.2.7", "[2001:db8::7]:5060". A domain without a port is
    /// looked up by RFC 3263, and all servers it names are tried one after another.
    /// </summary>
    public string Host { get; set; } = "";

    /// <summary>Further hosts of the same trunk, in the form of <see cref="Host"/>, tried after it in this order.</summary>
    public IList<string> Gateways { get; } = [];

    /// <summary>All requests go here, in the form of <see cref="Host"/>; null: straight to <see cref="Host"/>. Not together with <see cref="Gateways"/>.</summary>
    public string? OutboundProxy { get; set; }

    /// <summary>By what it is reached; null leaves it to its domain, and is UDP for addresses.</summary>
    public SipTransportProtocol? Transport { get; set; }

    /// <summary>The domain in From and P-Asserted-Identity; null: the host of <see cref="Host"/>.</summary>
    public string? Domain { get; set; }

    /// <summary>Our user there, 1 to 128 characters; needed to register. Null: the trunk knows us by our address.</summary>
    public string? User { get; set; }

    /// <summary>The user of digest authentication where it is another than <see cref="User"/>.</summary>
    public string? AuthName { get; set; }

    /// <summary>The password. A secret: give it by file or environment.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password, in place of <see cref="Password"/>; relative to the content root of the host that reads it, which a center does.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Registers <see cref="User"/> there, so that calls come to where we are.</summary>
    public bool Register { get; set; }

    /// <summary>The registration asked for, 30 s to 1 day; it is renewed after three quarters to six sevenths of what was granted.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan Expires { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The pause after the first registration that failed, 1 s to 1 h. It doubles with each further failure up to
    /// <see cref="MaxRetryInterval"/>; of each pause a random 50 to 100 % are waited (RFC 5626 §4.5).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause between registrations that fail, 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxRetryInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Networks and addresses its calls come from: "192.0.2.0/24", "192.0.2.7". What comes from there is let in without a
    /// password. Empty: the addresses its host, gateways and proxy resolve to.
    /// </summary>
    public IList<string> Addresses { get; } = [];

    /// <summary>Trunks of a lower number are tried first, 0 to 65535.</summary>
    [Range(0, 65535)]
    public int Priority { get; set; }

    /// <summary>The share of calls among trunks of one priority, 0 to 65535; 0 gets calls when no other can (RFC 2782).</summary>
    [Range(0, 65535)]
    public int Weight { get; set; } = 1;

    /// <summary>How often it is asked whether it is alive (OPTIONS) when nothing else shows it, 5 s to 1 h; 0 s: never.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls it carries at once, both directions together, 0 to 1,000,000; 0: no limit. Emergency calls pass.</summary>
    [Range(0, 1_000_000)]
    public int MaxCalls { get; set; }

    /// <summary>How many calls may begin per second, in each direction, 0 to 10,000; 0: no limit. Emergency calls pass.</summary>
    [Range(0.0, 10_000.0)]
    public double CallsPerSecond { get; set; }

    /// <summary>How many calls may begin at once after a quiet time, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int CallsBurst { get; set; } = 5;

    /// <summary>Audio formats by name, as in <see cref="SipOptions.Codecs"/>: what this trunk is offered and may offer, the most wanted first. Empty: those of the center.</summary>
    public IList<string> Codecs { get; } = [];

    /// <summary>Whether its audio is encrypted with keys in SDP; null: as <see cref="SipOptions.Srtp"/> says.</summary>
    public SrtpPolicy? Srtp { get; set; }

    /// <summary>Shown, as it stands, in place of a number that <see cref="AllowedCallerIds"/> does not allow. Null: callers are shown as they are.</summary>
    public string? CallerId { get; set; }

    /// <summary>Numbers that may be shown: "493012345" exactly, "4930123*" all that begin so. Needs <see cref="CallerId"/>. Empty: that one only.</summary>
    public IList<string> AllowedCallerIds { get; } = [];

    /// <summary>
    /// The trunk belongs to the same trust domain (RFC 3325): it is told who calls in P-Asserted-Identity, also when that is
    /// not to be shown (Privacy: id), and what it asserts is believed.
    /// </summary>
    public bool TrustsIdentity { get; set; }

    /// <summary>
    /// How numbers we dial become those the trunk wants: "+49=>0" changes the beginning, "=>9" puts something in front, "0=>"
    /// takes it away. The first rule that fits counts. To an emergency number only a rule for the whole number is applied.
    /// </summary>
    public IList<string> OutgoingNumberRules { get; } = [];

    /// <summary>How callers' numbers become those the trunk wants; as <see cref="OutgoingNumberRules"/>.</summary>
    public IList<string> OutgoingCallerRules { get; } = [];

    /// <summary>How called numbers of incoming calls become ours; as <see cref="OutgoingNumberRules"/>.</summary>
    public IList<string> IncomingNumberRules { get; } = [];

    /// <summary>How callers' numbers of incoming calls become ours; as <see cref="OutgoingNumberRules"/>.</summary>
    public IList<string> IncomingCallerRules { get; } = [];

    /// <summary>
    /// Final answers after which the next server or trunk is tried: "503", "5xx", "404". 401, 407, 486, 487 and 6xx speak for the
    /// called party or for us and never are. Empty: 5xx and 408. Silence and refused connections always count.
    /// </summary>
    public IList<string> FailoverStatuses { get; } = [];

    /// <summary>Name and host; never a secret.</summary>
    public override string ToString() => $"{Name} ({Host})";
}
