using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CallCenterKit.Testing.Phones;

/// <summary>A registrar and proxy of a few lines: challenges everything with MD5 and forwards calls to who is registered.</summary>
internal sealed partial class ScriptedRegistrar
{
    public const string Realm = "test", Password = "secret";

    private readonly IDatagramEndpoint _endpoint;

    public ScriptedRegistrar(VirtualNetwork network) => _endpoint = network.Open(Address, OnDatagram);

    public static IPEndPoint Address { get; } = IPEndPoint.Parse("10.0.0.100:5060");

    public Dictionary<string, IPEndPoint> Bindings { get; } = [];

    public List<int> AskedExpires { get; } = [];

    public int GrantedSeconds { get; set; } = 60;

    public string Nonce { get; set; } = "n1";

    public bool UsesQop { get; set; } = true;

    /// <summary>Answers an authenticated INVITE.</summary>
    public int InviteStatus { get; set; } = 404;

    private void OnDatagram(ReadOnlyMemory<byte> datagram, IPEndPoint from)
    {
        var text = Encoding.UTF8.GetString(datagram.Span);
        var method = text.Split(' ')[0];
        if (method is "ACK")
            return;
        var answer = !IsAuthentic(text, method, out var isStale)
            ? Respond(text, method == "REGISTER" ? 401 : 407, Challenge(method, isStale))
            : method == "REGISTER" ? Register(text, from) : Respond(text, InviteStatus, "");
        _endpoint.Send(Encoding.UTF8.GetBytes(answer), from);
    }

    private string Register(string text, IPEndPoint from)
    {
        var user = FromUser().Match(text).Groups[1].Value;
        var asked = int.Parse(Expires().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        AskedExpires.Add(asked);
        if (asked == 0)
        {
            Bindings.Remove(user);
            return Respond(text, 200, "");
        }

        Bindings[user] = from;
        return Respond(text, 200, $"Contact: <sip:elsewhere@10.9.9.9>;expires=7, <sip:{user}@{from}>;expires={GrantedSeconds}\r\n");
    }

    private string Challenge(string method, bool isStale)
    {
        var header = method == "REGISTER" ? "WWW-Authenticate" : "Proxy-Authenticate";
        return $"{header}: Digest realm=\"{Realm}\", nonce=\"{Nonce}\"{(UsesQop ? ", qop=\"auth,auth-int\"" : "")}, opaque=\"op,aque\"{(isStale ? ", stale=true" : "")}\r\n";
    }

    private bool IsAuthentic(string text, string method, out bool isStale)
    {
        isStale = false;
        if (!Credentials().IsMatch(text))
            return false;
        string Given(string name) => Regex.Match(text, name + "=\"?([^\",\r]*)").Groups[1].Value;
        isStale = Given(" nonce") != Nonce;
        if (isStale)
            return false;
        var middle = UsesQop ? $":{Given(" nc")}:{Given(" cnonce")}:auth:" : ":";
        var expected = Md5($"{Md5($"{Given("username")}:{Realm}:{Password}")}:{Nonce}{middle}{Md5($"{method}:{Given(" uri")}")}");
        return expected == Given(" response") && text.Contains("opaque=\"op,aque\"", StringComparison.Ordinal);
    }

    private static string Respond(string request, int status, string headers)
    {
        var copied = CopiedHeaders().Matches(request).Select(match => match.Value.TrimEnd('\r') + "\r\n").Select(line =>
            line.StartsWith("To:", StringComparison.Ordinal) && !line.Contains("tag=", StringComparison.Ordinal) ? line.TrimEnd() + ";tag=r\r\n" : line);
        return string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {status} Scripted\r\n{string.Concat(copied)}{headers}Content-Length: 0\r\n\r\n");
    }

#pragma warning disable CA5351 // Digest authentication is MD5.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    [GeneratedRegex(@"^(Via|From|To|Call-ID|CSeq):.*$", RegexOptions.Multiline)]
    private static partial Regex CopiedHeaders();

    [GeneratedRegex(@"^From:.*sip:([^@]*)@", RegexOptions.Multiline)]
    private static partial Regex FromUser();

    [GeneratedRegex(@"^Expires: (\d+)", RegexOptions.Multiline)]
    private static partial Regex Expires();

    [GeneratedRegex(@"^(Proxy-)?Authorization: ", RegexOptions.Multiline)]
    private static partial Regex Credentials();
}
