using CallCenterKit.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Starts and stops the call center with the host.</summary>
internal sealed class CallCenterService(CallCenter center, CenterAssembly assembly, LiveOptions live, IOptions<CallCenterOptions> options) : IHostedService
{
    private CenterRuntime? _runtime;
    private IReadOnlyList<IDisposable> _following = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _runtime = await CenterRuntime.StartAsync(assembly.Assemble(), cancellationToken).ConfigureAwait(false);
        center.Attach(_runtime);
        _following = live.Follow(_runtime);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _runtime, null) is not { } runtime)
            return;
        foreach (var following in _following)
            following.Dispose();
        await runtime.StopAsync(options.Value.DrainTime, cancellationToken).ConfigureAwait(false);
        center.Attach(null);
    }
}
