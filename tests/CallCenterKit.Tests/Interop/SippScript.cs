using System.Globalization;
using System.Text;

namespace CallCenterKit.Tests.Interop;

/// <summary>A scenario of sipp, written step by step: one call, made or taken.</summary>
/// <remarks>Words in brackets are those of sipp.</remarks>
internal sealed class SippScript
{
    public const string Sdp = """
        v=0
        o=- 1 1 IN IP4 [local_ip]
        s=-
        c=IN IP4 [media_ip]
        t=0 0
        m=audio [media_port] RTP/AVP 0 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        """;

    /// <summary>The file of the tone, raw µ-law of 8,000 samples per second.</summary>
    public const string Tone = "tone.ul";

    private readonly StringBuilder _steps = new();
    private bool _keeps;
    private bool _isCalled;
    private bool _hasNews;
    private int _cseq;
    private const string Branch = "z9hG4bK-[pid]-[call_number]-";
    private const string CalledTag = ";tag=[pid]-[call_number]";

    /// <summary>Begins a call, with an offer unless told otherwise.</summary>
    public SippScript Invite(string headers = "", string sdp = Sdp) => SendRequest("INVITE", "sip:[service]@[remote_ip]:[remote_port]", toTag: "", headers, sdp);

    /// <summary>Begins a call as a phone of ours, which is asked for its password first.</summary>
    public SippScript InviteAsPhone(string headers = "", string sdp = Sdp) => Invite(headers, sdp)
        .Expect(100, optional: true)
        .Step("""<recv response="401" auth="true"/>""")
        .AckRefusal()
        .Invite("[authentication]\n" + headers, sdp);

    /// <summary>A request within the dialog.</summary>
    public SippScript Request(string method, string headers = "", string sdp = "") => SendRequest(method, "[next_url]", "[peer_tag_param]", headers, sdp);

    /// <summary>Waits for a call.</summary>
    public SippScript ExpectCall()
    {
        _isCalled = true;
        return Step($"""<recv request="INVITE" rrs="true"><action>{Keep("From:", 7)}{Keep("To:", 8)}</action></recv>""");
    }

    /// <summary>Answers the call that has been waited for, as often as wanted.</summary>
    /// <param name="status">Of the response.</param>
    /// <param name="reason">The words behind it.</param>
    /// <param name="sdp">Only where one is wanted.</param>
    /// <param name="recordsRoute">Copies the Record-Route of the proxies on the way; there must be one.</param>
    public SippScript AnswerCall(int status, string reason, string sdp = "", bool recordsRoute = false) => Send(
        $"SIP/2.0 {status} {reason}\n[last_Via:]\n{(recordsRoute ? "[last_Record-Route:]\n" : "")}[last_From:]\nTo:[$8]{CalledTag}\n[last_Call-ID:]\n[last_CSeq:]\n"
        + "Contact: <sip:[caller]@[local_ip]:[local_port];transport=[transport]>\n" + Body(sdp), repeats: status >= 200);

    /// <summary>Says BYE in the call that has been taken, by the way the INVITE has come, and waits for the answer.</summary>
    public SippScript HangUpCall() => Send(
        $"BYE [next_url] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch={Branch}bye;rport\n[routes]\nFrom:[$8]{CalledTag}\nTo:[$7]\n"
        + "Call-ID: [call_id]\nCSeq: 1 BYE\nMax-Forwards: 70\nContent-Length: 0\n\n", repeats: true).Expect(200);

    /// <summary>Says the tone of <see cref="SippOptions.ToneHz"/> from now on.</summary>
    public SippScript Play() => Step($"""<nop><action><exec rtp_stream="{Tone},-1,0,PCMU/8000"/></action></nop>""");

    /// <summary>The ACK for the 2xx to the last INVITE.</summary>
    public SippScript Ack(string sdp = "", int? cseq = null) => Send(Message("ACK", "[next_url]", "[peer_tag_param]", cseq ?? _cseq, "", sdp), repeats: false);

    /// <summary>The CANCEL of the INVITE sent last.</summary>
    public SippScript Cancel(int? cseq = null) => Send(Message("CANCEL", "sip:[service]@[remote_ip]:[remote_port]", "", cseq ?? _cseq, "", ""), repeats: true);

    /// <summary>The ACK for a final response other than 2xx.</summary>
    public SippScript AckRefusal(int? cseq = null) => Send(Message("ACK", "sip:[service]@[remote_ip]:[remote_port]", "[peer_tag_param]", cseq ?? _cseq, "", ""), repeats: false);

    public SippScript Expect(int status, bool optional = false, string? header = null, bool records = false) => Step(
        $"""<recv response="{status}"{(optional ? " optional=\"true\"" : "")}{(records ? " rrs=\"true\"" : "")}>{Check(header)}</recv>""");

    public SippScript ExpectRequest(string method, bool optional = false, string? header = null) => Step(
        $"""<recv request="{method}"{(optional ? " optional=\"true\"" : "")}>{Check(header)}</recv>""");

    /// <summary>Answers NOTIFYs of the transfer that was asked for: one or two about trying, and the last, which must hold this text.</summary>
    /// <remarks>Jumps are at what is sent: sipp refuses what it receives while it is at a step that does nothing.</remarks>
    public SippScript ExpectNews(string final)
    {
        _hasNews = true;
        for (var news = 0; news < 3; news++)
        {
            Step($"""<recv request="NOTIFY"><action>{Find(final, 9, check: news == 2)}</action></recv>""");
            Send(ResponseTo(200, "OK") + Body(""), repeats: false, jump: news < 2 ? " next=\"1\" test=\"9\"" : "");
        }

        return Step("<label id=\"1\"/>");
    }

    /// <summary>Keeps the request, so that it can be answered after other messages by <see cref="RespondToKept"/>. Once in a script.</summary>
    public SippScript ExpectAndKeep(string method)
    {
        _keeps = true;
        return Step($"""<recv request="{method}"><action>{Keep("Via:", 3)}{Keep("From:", 4)}{Keep("To:", 5)}{Keep("CSeq:", 6)}</action></recv>""");
    }

    public SippScript RespondToKept(int status, string reason) => Send(
        $"SIP/2.0 {status} {reason}\nVia:[$3]\nFrom:[$4]\nTo:[$5]\n[last_Call-ID:]\nCSeq:[$6]\nContent-Length: 0\n\n", repeats: false);

    /// <summary>Answers the request received last.</summary>
    public SippScript Respond(int status, string reason, string headers = "", string sdp = "") =>
        Send(ResponseTo(status, reason) + Lines(headers) + Body(sdp), repeats: false);

    public SippScript Pause(int milliseconds) => Step($"""<pause milliseconds="{milliseconds.ToString(CultureInfo.InvariantCulture)}"/>""");

    /// <summary>Says BYE and waits for the answer.</summary>
    public SippScript HangUp() => Request("BYE").Expect(200);

    public override string ToString() => $"""
        <?xml version="1.0" encoding="UTF-8" ?>
        <!DOCTYPE scenario SYSTEM "sipp.dtd">
        <scenario name="script">
        {_steps}{References()}</scenario>

        """;

    // sipp refuses a variable that is set and never read.
    private string References()
    {
        var steps = _steps.ToString();
        List<string> variables = [];
        if (steps.Contains("assign_to=\"1\"", StringComparison.Ordinal))
            variables.Add("1");
        if (steps.Contains("assign_to=\"1,2\"", StringComparison.Ordinal))
            variables.AddRange(["1", "2"]);
        if (_keeps)
            variables.AddRange(["3", "4", "5", "6"]);
        if (_isCalled)
            variables.AddRange(["7", "8"]);
        if (_hasNews)
            variables.Add("9");
        return variables.Count == 0 ? "" : $"  <Reference variables=\"{string.Join(',', variables)}\"/>\n";
    }

    // Whether a header line of the message matches; the scenario fails otherwise.
    private static string Check(string? pattern) => pattern is null ? "" : $"""<action><ereg regexp="{System.Security.SecurityElement.Escape(pattern)}" search_in="msg" check_it="true" assign_to="{(pattern.Contains('(') ? "1,2" : "1")}"/></action>""";

    private static string Find(string pattern, int variable, bool check) => $"""<ereg regexp="{pattern}" search_in="msg" check_it="{(check ? "true" : "false")}" assign_to="{variable}"/>""";

    private static string Keep(string header, int variable) => $"""<ereg regexp=".*" search_in="hdr" header="{header}" check_it="true" assign_to="{variable}"/>""";

    private SippScript SendRequest(string method, string uri, string toTag, string headers, string sdp)
    {
        _cseq++;
        return Send(Message(method, uri, toTag, _cseq, headers, sdp), repeats: true);
    }

    private string Message(string method, string uri, string toTag, int cseq, string headers, string sdp) =>
        $"{method} {uri} SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch={Branch}{cseq}{(method == "ACK" && uri == "[next_url]" ? "a" : "")};rport\n"
        + "From: <sip:[caller]@[remote_ip]:[remote_port]>;tag=[pid]-[call_number]\n"
        + $"To: <sip:[service]@[remote_ip]:[remote_port]>{toTag}\nCall-ID: [call_id]\nCSeq: {cseq} {method}\nMax-Forwards: 70\n"
        + "Contact: <sip:[caller]@[local_ip]:[local_port];transport=[transport]>\n"
        + (method == "INVITE" ? "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, PRACK, NOTIFY, REFER\n" : "") + Lines(headers) + Body(sdp);

    private static string ResponseTo(int status, string reason) =>
        $"SIP/2.0 {status} {reason}\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContact: <sip:[caller]@[local_ip]:[local_port];transport=[transport]>\n";

    private static string Lines(string headers) => headers.Length == 0 ? "" : headers.TrimEnd('\n') + "\n";

    private static string Body(string sdp) => sdp.Length == 0 ? "Content-Length: 0\n\n" : $"Content-Type: application/sdp\nContent-Length: [len]\n\n{sdp}\n";

    private SippScript Send(string message, bool repeats, string jump = "") => Step($"<send{(repeats ? " retrans=\"500\"" : "")}{jump}><![CDATA[\n{message}]]></send>");

    private SippScript Step(string xml)
    {
        _steps.Append("  ").Append(xml).Append('\n');
        return this;
    }
}
