using System.Net;

namespace CallCenterKit.Tests.Interop;

/// <summary>
/// A carrier played by Kamailio on 127.0.0.3: the center registers with it and calls through it, both by digest. What the
/// center dials there goes to one phone outside; what that phone dials goes to the center, wherever it is registered. What is
/// for another host goes there: it is a proxy as well.
/// </summary>
internal sealed class KamailioProxy : IAsyncDisposable
{
    public const string User = "center";

    public const string Password = "trunk-secret";

    /// <summary>A number the carrier cannot reach just now: 503.</summary>
    public const string BrokenNumber = "4930500";

    /// <summary>Where the phone outside is.</summary>
    public static readonly IPAddress Outside = IPAddress.Parse("127.0.0.4");

    private static readonly IPAddress Carrier = IPAddress.Parse("127.0.0.3");

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private readonly ScratchFolder _folder;
    private readonly ExternalProgram _program;

    private KamailioProxy(IPEndPoint address, ScratchFolder folder, ExternalProgram program)
    {
        Address = address;
        _folder = folder;
        _program = program;
    }

    /// <summary>Where it takes SIP over UDP and TCP.</summary>
    public IPEndPoint Address { get; }

    public string Log => _program.Output;

    /// <param name="outside">The phone outside; null while there is none.</param>
    /// <param name="port">Where it was before; null takes another.</param>
    public static async Task<KamailioProxy> StartAsync(IPEndPoint? outside = null, int? port = null)
    {
        ExternalProgram.Require("kamailio");
        var folder = new ScratchFolder();
        var address = new IPEndPoint(Carrier, port ?? ExternalProgram.FreePort(Carrier));
        await File.WriteAllTextAsync(folder.File("kamailio.cfg"), Config(address, outside ?? new(Outside, 9)));
        var program = ExternalProgram.Start(
            "kamailio", folder.Path, "-f", folder.File("kamailio.cfg"), "-DD", "-E", "-m", "32", "-M", "4", "-w", folder.Path, "-Y", folder.Path);
        try
        {
            await program.WaitForOutputAsync("SO_RCVBUF is finally", StartLimit);
            return new(address, folder, program);
        }
        catch
        {
            await program.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    private static string Config(IPEndPoint address, IPEndPoint outside) => $$"""
        #!KAMAILIO
        debug=2
        log_stderror=yes
        children=1
        tcp_children=1
        auto_aliases=no
        listen=udp:{{address}}
        listen=tcp:{{address}}
        mpath="{{ModulePath()}}"
        loadmodule "tm.so"
        loadmodule "sl.so"
        loadmodule "rr.so"
        loadmodule "pv.so"
        loadmodule "maxfwd.so"
        loadmodule "textops.so"
        loadmodule "siputils.so"
        loadmodule "usrloc.so"
        loadmodule "registrar.so"
        loadmodule "auth.so"
        modparam("rr", "enable_full_lr", 1)
        modparam("registrar", "min_expires", 5)
        request_route {
            if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
            if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "OK"); exit; }
            if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
            if (has_totag()) {
                if (loose_route()) { t_relay(); exit; }
                if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
                sl_send_reply("404", "Not Here"); exit;
            }
            t_check_trans();
            if (is_method("REGISTER")) {
                if (!pv_www_authenticate("carrier", "{{Password}}", "0")) { www_challenge("carrier", "0"); exit; }
                save("location"); exit;
            }
            if (!is_method("INVITE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
            record_route();
            if ($si == "{{Outside}}") {
                $var(number) = $rU;
                $rU = "{{User}}";
                if (!lookup("location")) { sl_send_reply("480", "Not Registered"); exit; }
                append_hf("X-Dialled: $var(number)\r\n");
                t_relay(); exit;
            }
            if (!pv_proxy_authenticate("carrier", "{{Password}}", "0")) { proxy_challenge("carrier", "0"); exit; }
            consume_credentials();
            if (uri != myself) { loose_route(); t_relay(); exit; }
            if ($rU == "{{BrokenNumber}}") { sl_send_reply("503", "Service Unavailable"); exit; }
            $du = "sip:{{outside}}";
            t_relay();
        }

        """;

    private static string ModulePath() =>
        new[] { "/usr/lib/x86_64-linux-gnu/kamailio/modules/", "/usr/lib/aarch64-linux-gnu/kamailio/modules/", "/usr/lib/kamailio/modules/", "/usr/local/lib64/kamailio/modules/" }
            .FirstOrDefault(Directory.Exists) ?? throw new DirectoryNotFoundException("Kamailio is installed, its modules are not where they usually are.");
}
