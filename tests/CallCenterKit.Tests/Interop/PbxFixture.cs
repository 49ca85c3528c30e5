using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Journal;
using CallCenterKit.Media.Wav;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Sip;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Tests.Interop;

/// <summary>
/// The whole house in this process, on free ports of 127.0.0.1, with its files in a folder of its own. Extensions 100 (a
/// caller), 200 and 201 (agents alice and bob), queue "support" with both, and the numbers below.
/// </summary>
internal sealed class PbxFixture : IAsyncDisposable
{
    /// <summary>A menu whose key 1 leads to the queue.</summary>
    public const string Menu = "600";

    /// <summary>The queue, answered on entry.</summary>
    public const string Queue = "601";

    /// <summary>The same agents, with the caller rung until one of them answers.</summary>
    public const string RingingQueue = "602";

    /// <summary>Says something and hangs up.</summary>
    public const string Announcement = "603";

    /// <summary>The prompts are this tone, so that it can be told from what the phones say.</summary>
    public const int PromptHz = 311;

    private static readonly TimeSpan RecordLimit = TimeSpan.FromSeconds(20);

    private readonly ScratchFolder _folder;
    private readonly IHost _host;
    private readonly TestLog _log;
    private readonly SeenEvents _seen;

    private PbxFixture(ScratchFolder folder, IHost host, TestLog log, SeenEvents seen)
    {
        _folder = folder;
        _host = host;
        _log = log;
        _seen = seen;
    }

    public CallCenter Center => _host.Services.GetRequiredService<CallCenter>();

    /// <summary>Where it takes SIP over UDP.</summary>
    public IPEndPoint Address => Sip.BoundEndPoints[0];

    /// <summary>Where it takes SIP over TCP.</summary>
    public IPEndPoint TcpAddress => Sip.BoundEndPoints[1];

    /// <summary>Where it takes SIP over TLS; only when it was started with a certificate.</summary>
    public IPEndPoint TlsAddress => Sip.BoundEndPoints[2];

    /// <summary>The certificate it shows there, for those who are to trust it.</summary>
    public string CertificateFile => _folder.File("certificate.pem");

    public SipTelephony Sip => _host.Services.GetRequiredService<SipTelephony>();

    public string RecordingFolder => _folder.File("recordings");

    /// <summary>Warnings and errors so far.</summary>
    public string Log => _log.Text;

    public static string PasswordOf(string extension) => $"secret-{extension}";

    /// <param name="configure">Changes the options.</param>
    /// <param name="tls">Listens on TLS as well, with a certificate for 127.0.0.1 that it has signed itself.</param>
    public static async Task<PbxFixture> StartAsync(Action<CallCenterOptions>? configure = null, bool tls = false)
    {
        var folder = new ScratchFolder();
        var (log, seen) = (new TestLog(), new SeenEvents());
        WritePrompts(folder);
        var builder = CallCenter.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<IEventFold>(seen);
        Configure(builder.CallCenter, folder);
        if (tls)
            ListenOnTls(builder.CallCenter, folder);
        if (configure is not null)
            builder.CallCenter.Configure(configure);
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new(folder, host, log, seen);
        }
        catch
        {
            host.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A phone of one of the extensions, registered.</summary>
    public Task<BaresipPhone> StartPhoneAsync(string extension, int toneHz, bool autoAnswer = false) =>
        StartPhoneAsync(Phone(extension, toneHz) with { AutoAnswer = autoAnswer });

    /// <summary>What a phone of one of the extensions is set up with.</summary>
    public BaresipOptions Phone(string extension, int toneHz, string transport = "udp") => new()
    {
        User = extension,
        Password = PasswordOf(extension),
        Registrar = AddressOf(transport),
        Transport = transport,
        TrustedCertificate = transport == "tls" ? CertificateFile : null,
        ToneHz = toneHz,
    };

    /// <summary>A phone as it is described, registered.</summary>
    public static async Task<BaresipPhone> StartPhoneAsync(BaresipOptions options)
    {
        var phone = await BaresipPhone.StartAsync(options);
        try
        {
            await phone.WaitRegisteredAsync();
            return phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a scenario of sipp as one of the extensions.</summary>
    public Task<SippResult> RunSippAsync(string scenario, string user, string? extension = null, TimeSpan? pause = null, string? password = null) =>
        Sipp.RunAsync(new()
        {
            Scenario = scenario,
            Target = Address,
            User = user,
            Password = password ?? PasswordOf(user),
            Extension = extension,
            Pause = pause ?? TimeSpan.FromSeconds(1),
        });

    /// <summary>Runs a scenario that was written step by step as one of the extensions.</summary>
    public Task<SippResult> RunSippAsync(SippScript script, string user, string extension) => Sipp.RunAsync(new()
    {
        Script = script.ToString(),
        Target = Address,
        User = user,
        Password = PasswordOf(user),
        Extension = extension,
    });

    public string UriOf(string number, string transport = "udp") =>
        $"sip:{number}@{AddressOf(transport)}{(transport == "udp" ? "" : $";transport={transport}")}";

    /// <summary>Waits until a line of the log, of Information or above, holds a text; or several do.</summary>
    public Task WaitForLogAsync(string text, int times = 1) => _log.WaitForAsync(text, times);

    /// <summary>Waits until an event of a kind has happened; one before counts.</summary>
    public Task WaitForAsync<T>()
        where T : CenterEvent => _seen.WaitAsync<T>();

    /// <summary>What an agent does as boards show it.</summary>
    public AgentState StateOf(string agent) => Center.Board.Agents.Single(one => one.Id.Value == agent).State;

    /// <summary>The one record there is, once nothing more can follow in it.</summary>
    public async Task<CallRecord> SingleRecordAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var records = await Center.Records.ListAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10, CancellationToken.None);
            if (records is [{ IsOpen: false } record])
                return record;
            if (TimeProvider.System.GetElapsedTime(since) > RecordLimit)
                Assert.Fail($"No single ended record within {RecordLimit}: {string.Join('\n', records)}\n{Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>The only recording of a call, read from its file.</summary>
    public WavSamples Listen(CallRecord record) => WavSamples.Read(Path.Combine(RecordingFolder, Assert.Single(record.Recordings).File));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        _folder.Dispose();
    }

    private static void Configure(CallCenterBuilder center, ScratchFolder folder) => center
        .Configure(options =>
        {
            options.PromptFolder = folder.File("prompts");
            options.Recording.Folder = folder.File("recordings");
            options.MusicOnHold = "prompt.wav";
            options.DrainTime = TimeSpan.Zero;
            options.Sip.Listen.Add("udp:127.0.0.1:0");
            options.Sip.Listen.Add("tcp:127.0.0.1:0");
            (options.Media.FirstPort, options.Media.LastPort) = (30000, 39998);
            options.Media.BindAddress = IPAddress.Loopback.ToString();
            foreach (var extension in (string[])["100", "200", "201"])
                options.Extensions[extension] = new() { Password = PasswordOf(extension) };
        })
        .AddAgent("alice", "200")
        .AddAgent("bob", "201")
        .AddQueue("support", queue => SetUp(queue, answerOnEntry: true))
        .AddQueue("ringing", queue => SetUp(queue, answerOnEntry: false))
        .MapFlow(Menu, IvrFlow.Create("main", flow => flow
            .Answer()
            .Menu("prompt.wav", menu => menu.On('1', "support").Timeout(TimeSpan.FromSeconds(20)))
            .HangUp()
            .Node("support", node => node.Queue("support").HangUp())))
        .MapQueue(Queue, "support")
        .MapQueue(RingingQueue, "ringing")
        .MapFlow(Announcement, async (call, ct) =>
        {
            await call.AnswerAsync(ct);
            await call.PlayAsync("prompt.wav", ct);
        })
        .UseSqlite(folder.File("center.db"));

    private IPEndPoint AddressOf(string transport) => transport switch
    {
        "udp" => Address,
        "tcp" => TcpAddress,
        "tls" => TlsAddress,
        _ => throw new ArgumentException($"There is no transport '{transport}'.", nameof(transport)),
    };

    private static void ListenOnTls(CallCenterBuilder center, ScratchFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(12));
        File.WriteAllText(folder.File("certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        center.Configure(options =>
        {
            options.Sip.Listen.Add("tls:127.0.0.1:0");
            (options.Sip.Tls.CertificateFile, options.Sip.Tls.KeyFile) = (folder.File("certificate.pem"), folder.File("key.pem"));
        });
    }

    private static void SetUp(QueueOptions queue, bool answerOnEntry)
    {
        queue.Members.Add("alice");
        queue.Members.Add("bob");
        queue.AnswerOnEntry = answerOnEntry;
        queue.Record = true;
        queue.Music = "prompt.wav";
        queue.WrapUp = TimeSpan.FromSeconds(1);
    }

    private static void WritePrompts(ScratchFolder folder)
    {
        Directory.CreateDirectory(folder.File("prompts"));
        using var writer = WavWriter.Create(Path.Combine(folder.File("prompts"), "prompt.wav"), channels: 1);
        writer.Append([.. Enumerable.Range(0, 12_000).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * PromptHz * i / 8_000)))]);
    }
}
