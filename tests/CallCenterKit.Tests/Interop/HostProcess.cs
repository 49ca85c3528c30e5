using System.Globalization;
using System.Net;

namespace CallCenterKit.Tests.Interop;

/// <summary>
/// samples/HelloCallCenter as a process of its own: extensions 100 and 200, alice on 200, a greeting and queue "support" at 600.
/// What the sample leaves open is set by its arguments.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ExternalProgram _program;

    private HostProcess(ExternalProgram program) => _program = program;

    public string Output => _program.Output;

    public static string PasswordOf(string extension) => $"try-{extension}";

    /// <summary>A UDP port of 127.0.0.1 for a host to listen on, the same after a restart.</summary>
    public static IPEndPoint FreeAddress() => new(IPAddress.Loopback, ExternalProgram.FreePort(IPAddress.Loopback));

    /// <summary>Starts it with its files in the folder; returns when it takes calls.</summary>
    public static async Task<HostProcess> StartAsync(ScratchFolder folder, IPEndPoint address, params IEnumerable<string> settings)
    {
        var program = Start(folder, address, settings);
        try
        {
            await program.WaitForOutputAsync("Application started", StartLimit);
            return new(program);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it where it should not start.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> FailAsync(ScratchFolder folder, IPEndPoint address, params IEnumerable<string> settings)
    {
        await using var program = Start(folder, address, settings);
        return (await program.WaitForExitAsync(StartLimit), program.Output);
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _program.KillAsync();

    /// <summary>Asks it to stop, as a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await ExternalProgram.RunAsync("kill", Path.GetTempPath(), StartLimit, "-TERM", _program.ProcessId.ToString(CultureInfo.InvariantCulture));
        return await _program.WaitForExitAsync(StartLimit);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static ExternalProgram Start(ScratchFolder folder, IPEndPoint address, IEnumerable<string> settings) =>
        ExternalProgram.Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder.Path,
        [
            Path.Combine(AppContext.BaseDirectory, "HelloCallCenter.dll"),
            $"--CallCenter:Sip:Listen:0={address}",
            $"--CallCenter:Media:BindAddress={IPAddress.Loopback}",
            "--CallCenter:Media:FirstPort=30000",
            "--CallCenter:Media:LastPort=39998",
            $"--CallCenter:Storage:File={folder.File("center.db")}",
            $"--CallCenter:Recording:Folder={folder.File("recordings")}",
            .. settings.Select(setting => $"--CallCenter:{setting}"),
        ]);
}
