using System.Net;

namespace CallCenterKit.Tests.Interop;

/// <summary>
/// A real softphone, driven from the test: it says a tone and keeps what it hears.
/// </summary>
/// <remarks>
/// What it hears is kept packet by packet as it arrives, so a lost packet is a splice in the wave
/// (<see cref="ToneReport.Splices"/>), not silence. Each stretch of audio is a file that is named by the second it begins in: a
/// test that reads them leaves a second between answer, hold and resume. What a phone hears after a hold of its own it does not keep.
/// </remarks>
internal sealed class BaresipPhone : IAsyncDisposable
{
    private static readonly TimeSpan EventLimit = TimeSpan.FromSeconds(15);

    private readonly ScratchFolder _folder;
    private readonly ExternalProgram _program;
    private readonly BaresipControl _control;

    private BaresipPhone(BaresipOptions options, IPEndPoint address, ScratchFolder folder, ExternalProgram program, BaresipControl control)
    {
        Options = options;
        Address = address;
        _folder = folder;
        _program = program;
        _control = control;
    }

    public BaresipOptions Options { get; }

    /// <summary>Where it takes SIP over UDP.</summary>
    public IPEndPoint Address { get; }

    public string Uri => $"sip:{Options.User}@{Address}";

    /// <summary>Events and answers so far, and what the program wrote.</summary>
    public string Log => $"{_control.Log}\n{_program.Output}";

    public static async Task<BaresipPhone> StartAsync(BaresipOptions options)
    {
        ExternalProgram.Require("baresip");
        var folder = new ScratchFolder();
        var address = new IPEndPoint(options.Address, ExternalProgram.FreePort(options.Address));
        var controlPort = ExternalProgram.FreePort(IPAddress.Loopback);
        Directory.CreateDirectory(folder.File("heard"));
        await File.WriteAllTextAsync(folder.File("config"), Config(options, address, controlPort, folder));
        await File.WriteAllTextAsync(folder.File("accounts"), options.Registrar is null ? Account(options, address) + "\n" : "");
        await File.WriteAllTextAsync(folder.File("contacts"), "");
        var program = ExternalProgram.Start("baresip", folder.Path, "-4", "-v", "-f", folder.Path);
        try
        {
            var control = await BaresipControl.ConnectAsync(controlPort, program);
            var phone = new BaresipPhone(options, address, folder, program, control);
            // An account that registers is added now, or its first events would have nobody to go to.
            if (options.Registrar is not null)
                await control.CommandAsync("uanew", Account(options, address));
            return phone;
        }
        catch
        {
            await program.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public Task WaitRegisteredAsync() => _control.NextAsync("REGISTER_OK", EventLimit);

    /// <summary>Registrations that succeeded and were not waited for.</summary>
    public int FurtherRegistrations => _control.Count("REGISTER_OK");

    public Task<BaresipEvent> WaitRegistrationRefusedAsync() => _control.NextAsync("REGISTER_FAIL", EventLimit);

    public Task<BaresipEvent> WaitIncomingAsync() => _control.NextAsync("CALL_INCOMING", EventLimit);

    /// <summary>Early audio is there.</summary>
    public Task<BaresipEvent> WaitProgressAsync() => _control.NextAsync("CALL_PROGRESS", EventLimit);

    public Task<BaresipEvent> WaitRingingAsync() => _control.NextAsync("CALL_RINGING", EventLimit);

    public Task<BaresipEvent> WaitEstablishedAsync() => _control.NextAsync("CALL_ESTABLISHED", EventLimit);

    /// <summary>The event's <see cref="BaresipEvent.Param"/> says why, for instance "486 Rejected".</summary>
    public Task<BaresipEvent> WaitClosedAsync() => _control.NextAsync("CALL_CLOSED", EventLimit);

    /// <returns>The digit that came in as a telephone event.</returns>
    public async Task<char> WaitDigitAsync() => (await _control.NextAsync("CALL_DTMF_START", EventLimit)).Param[0];

    public Task DialAsync(string uri) => _control.CommandAsync("dial", uri);

    public Task AcceptAsync() => _control.CommandAsync("accept");

    /// <summary>Ends the call; a call that rings here is refused with 486, one that rings there is cancelled.</summary>
    public Task HangUpAsync() => _control.CommandAsync("hangup");

    /// <summary>Asks the center to connect the other party of the current call with somebody else.</summary>
    public Task TransferAsync(string uri) => _control.CommandAsync("transfer", uri);

    public Task HoldAsync() => _control.CommandAsync("hold");

    public Task ResumeAsync() => _control.CommandAsync("resume");

    /// <summary>Sends a digit as a telephone event of about 180 ms.</summary>
    public Task SendDigitAsync(char digit) => _control.CommandAsync("sndcode", digit.ToString());

    /// <summary>Says a file from now on: 16-bit stereo of 48,000 samples per second, longer than it is said.</summary>
    public Task SayAsync(string file) => _control.CommandAsync("ausrc", $"aufile,{file}");

    /// <summary>Says its tone again.</summary>
    public Task SayToneAsync() => _control.CommandAsync("ausrc", $"ausine,{Options.ToneHz}");

    /// <summary>Ends the program, which closes its files, and reads what it heard.</summary>
    /// <returns>One recording for each stretch of audio it received, oldest first.</returns>
    public Task<IReadOnlyList<WavSamples>> StopAndListenAsync() => StopAndReadAsync("dec");

    /// <summary>Ends the program, which closes its files, and reads what it said: each packet that it sent, and nothing else.</summary>
    /// <returns>One recording for each stretch of audio it sent, oldest first.</returns>
    public Task<IReadOnlyList<WavSamples>> StopAndReadSaidAsync() => StopAndReadAsync("enc");

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<IReadOnlyList<WavSamples>> StopAndReadAsync(string side)
    {
        if (!_program.HasExited)
        {
            await _control.CommandAsync("quit");
            await _program.WaitForExitAsync(EventLimit);
        }

        return [.. Directory.GetFiles(_folder.File("heard"), $"*-{side}.wav").Order(StringComparer.Ordinal).Select(WavSamples.Read)];
    }

    // ausine works at 48 kHz in stereo only; baresip takes every sixth sample of it. Without a player the decoder still runs,
    // and sndfile keeps what comes out of it.
    private static string Config(BaresipOptions options, IPEndPoint address, int controlPort, ScratchFolder folder) => $"""
        sip_listen {address}
        net_interface {address.Address}
        rtp_ports 20000-29998
        call_max_calls 4
        jitter_buffer_delay 0-0
        audio_source ausine,{options.ToneHz}
        ausrc_srate 48000
        ausrc_channels 2
        auplay_srate 8000
        auplay_channels 1
        snd_path {folder.File("heard")}
        module_path {ModulePath()}
        module g711.so
        {(options.Codecs.Contains("G722", StringComparison.Ordinal) ? "module g722.so" : "")}
        module ausine.so
        module aufile.so
        module sndfile.so
        {(options.MediaEncryption.Length > 0 ? "module srtp.so" : "")}
        {(options.TrustedCertificate is { } trusted ? $"sip_cafile {trusted}" : "")}
        module_tmp account.so
        module_app menu.so
        module_app ctrl_tcp.so
        ctrl_tcp_listen {IPAddress.Loopback}:{controlPort}

        """;

    private static string Account(BaresipOptions options, IPEndPoint address) =>
        $"<sip:{options.User}@{options.Registrar ?? address};transport={options.Transport}>"
        + (options.Password.Length > 0 ? $";auth_user={options.User};auth_pass={options.Password}" : "")
        + $";regint={(options.Registrar is null ? 0 : options.RegisterSeconds)}"
        + $";answermode={(options.AutoAnswer ? "auto" : "manual")};ptime=20;audio_codecs={options.Codecs}"
        + (options.MediaEncryption.Length > 0 ? $";mediaenc={options.MediaEncryption}" : "")
        + (options.OutboundProxy is { } proxy ? $";outbound=\"sip:{proxy};transport={options.Transport}\"" : "");

    private static string ModulePath() =>
        new[] { "/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules", "/usr/lib/aarch64-linux-gnu/baresip/modules", "/usr/local/lib/baresip/modules" }
            .FirstOrDefault(Directory.Exists) ?? throw new DirectoryNotFoundException("baresip is installed, its modules are not where they usually are.");
}
