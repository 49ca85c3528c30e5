using CallCenterKit.Configuration;
using CallCenterKit.Contacts;
using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using CallCenterKit.Media.Engine;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using CallCenterKit.Routing;
using CallCenterKit.Sip;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Interop;
using CallCenterKit.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Hosting;

/// <summary>A whole center, put together as a host does it, in a <see cref="World"/> of its own or in one that has seen others.</summary>
/// <remarks>
/// Alice works from 101, Bob from 102; both serve "support", reached by 500. Extension 201 belongs to nobody. All waits are
/// in virtual time; nothing opens a socket.
/// </remarks>
internal sealed class TestCenter : IAsyncDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(6);

    private readonly ScratchFolder _folder = new();
    private readonly VirtualTransports _transports;
    private readonly IHost _host;
    private readonly bool _ownsWorld;
    private MediaStepper? _stepper;
    private bool _isOver;

    private TestCenter(World? world, Memory? memory, Action<CallCenterBuilder>? configure)
    {
        _ownsWorld = world is null;
        World = world ?? new();
        Memory = memory ?? new();
        _transports = new(World.Network);
        Sounds.Write(_folder.Path);
        _host = BuildHost(configure);
        Media = _host.Services.GetRequiredService<MediaEngine>();
        Telephony = _host.Services.GetRequiredService<SipTelephony>();
        Center = _host.Services.GetRequiredService<CallCenter>();
        AllPorts = Media.FreePorts;
    }

    public World World { get; }

    public Memory Memory { get; }

    public TestLog Log { get; } = new();

    public CallCenter Center { get; }

    /// <summary>The host's container.</summary>
    public IServiceProvider Services => _host.Services;

    public MediaEngine Media { get; }

    public SipTelephony Telephony { get; }

    public VirtualTimeProvider Time => World.Time;

    /// <summary>How many RTP ports there are.</summary>
    public int AllPorts { get; }

    /// <summary>That of the first life, which is there as long as its center is not disposed.</summary>
    public string RecordingFolder => Memory.RecordingFolder ??= _folder.File("recordings");

    /// <summary>The prompts: those of <see cref="Sounds"/>.</summary>
    public string PromptFolder => _folder.Path;

    public static async Task<TestCenter> StartAsync(Action<CallCenterBuilder>? configure = null, World? world = null, Memory? memory = null)
    {
        var center = new TestCenter(world, memory, configure);
        await center._host.StartAsync();
        center._stepper = new(center.Media, center.Time);
        return center;
    }

    /// <summary>What was written of one kind, in order.</summary>
    public IReadOnlyList<T> Events<T>()
        where T : CenterEvent => [.. Memory.Journal.Entries.Select(entry => entry.Event).OfType<T>()];

    /// <summary>When the first of one kind was written.</summary>
    public DateTimeOffset TimeOf<T>()
        where T : CenterEvent => Memory.Journal.Entries.First(entry => entry.Event is T).At;

    public AgentState StateOf(string agent) => Center.Board.Agents.Single(one => one.Id.Value == agent).State;

    public Task<ScriptedAgent> AliceAsync(AgentScript? script = null) => World.AgentAsync("101", (script ?? new()) with { Voice = PhoneVoice.Tone(Sounds.Alice) });

    public Task<ScriptedAgent> BobAsync(AgentScript? script = null) => World.AgentAsync("102", (script ?? new()) with { Voice = PhoneVoice.Tone(Sounds.Bob) });

    /// <summary>A customer calls; what follows is up to the test.</summary>
    public ScriptedCall Dial(string number) => World.Customer().Dial(number);

    /// <summary>Keys digits on a phone.</summary>
    public Task PressAsync(ScriptedCall call, string digits) => Time.RunAsync(() => call.SendDigitsAsync(digits), LongEnough);

    /// <summary>Changes a value of the configuration, as an edited file does.</summary>
    public void Reconfigure(string key, string? value)
    {
        var configuration = (IConfigurationManager)_host.Services.GetRequiredService<IConfiguration>();
        configuration[$"CallCenter:{key}"] = value;
        try
        {
            ((IConfigurationRoot)configuration).Reload();
        }
        catch (AggregateException wrong) when (wrong.InnerExceptions.All(fault => fault is OptionsValidationException))
        {
            // So says the monitor of the options; a file that is watched tells nobody.
        }
    }

    public Task AdvanceAsync(double seconds) => World.AdvanceAsync(seconds);

    /// <summary>Runs what waits in virtual time. What reads files is awaited as it is: time does not stand still for a disk.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> script) => Time.RunAsync(script, LongEnough);

    /// <summary>A customer's call from its beginning to its end.</summary>
    public Task<CallerResult> CallAsync(CallerScript script) =>
        Time.RunAsync(() => new ScriptedCaller(World.Customer(), script).RunAsync(), LongEnough);

    /// <summary>Ends the center as a host does, and waits until the last packet is forgotten.</summary>
    public async Task StopAsync()
    {
        if (_isOver)
            return;
        _isOver = true;
        await Time.RunAsync(StopHostAsync, LongEnough);
        await AdvanceAsync(40);
        _stepper?.Dispose();
    }

    /// <summary>Tells the host to stop; for scripts that do something else meanwhile.</summary>
    public Task StopHostAsync() => _host.StopAsync();

    /// <summary>Ends the center as <c>kill -9</c> does, and returns what it leaves behind.</summary>
    public async Task<Memory> KillAsync()
    {
        var left = await Memory.CopyAsync(Time.GetUtcNow());
        _transports.Cut();
        await StopAsync();
        return left;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
        if (_ownsWorld)
            await World.DisposeAsync();
        _folder.Dispose();
    }

    private IHost BuildHost(Action<CallCenterBuilder>? configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = _folder.Path });
        builder.Logging.AddProvider(Log);
        builder.Configuration.AddInMemoryCollection();
        builder.Services
            .AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IRunningWork>(Time.Work)
            .AddSingleton<ISipTransportFactory>(_transports)
            .AddSingleton<IRtpTransportFactory>(_transports)
            .AddSingleton<IEventJournal>(Memory.Journal)
            .AddSingleton<ISnapshotStore>(Memory.Journal)
            .AddSingleton<ICallRecordStore>(Memory.Records)
            .AddSingleton<IRecordingStore>(Memory.Recordings)
            .AddSingleton<IRegistrationStore>(Memory.Registrations)
            .AddSingleton<IContactStore>(Memory.Contacts)
            .AddCallCenter(cc =>
            {
                Preset(cc);
                configure?.Invoke(cc);
            });
        return builder.Build();
    }

    private void Preset(CallCenterBuilder cc) => cc
        .Configure(Preset)
        .AddExtension("101", World.PasswordOf("101")).AddExtension("102", World.PasswordOf("102")).AddExtension("201", World.PasswordOf("201"))
        .AddAgent("alice", "101").AddAgent("bob", "102")
        .AddQueue("support", "alice", "bob").AddQueue("support", queue => queue.Music = "music.wav")
        .MapQueue("500", "support");

    private void Preset(CallCenterOptions options)
    {
        options.PromptFolder = ".";
        options.MusicOnHold = "hold.wav";
        options.Recording.Folder = RecordingFolder;
        options.Speech.Folder = _folder.File("speech");
        options.Sip.Listen.Add(World.CenterAddress.ToString());
        options.Sip.Workers = 0;
        options.Sip.TrustedPeers.Add(new() { Name = "carrier", Address = World.CarrierNetwork });
        options.Media.Threads = 0;
        options.Media.BindAddress = World.CenterAddress.Address.ToString();
        options.Media.Seed = 1;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
