using CallCenterKit.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CallCenterKit.Hosting;

/// <summary>Changes agents, queues, dial plan and flows while the center runs: all of a change, or nothing.</summary>
internal sealed partial class LiveOptions(
    IOptionsFactory<CallCenterOptions> factory,
    IEnumerable<IOptionsChangeTokenSource<CallCenterOptions>> sources,
    IEnumerable<IValidateOptions<CallCenterOptions>> validators,
    SetupFactory setups,
    ILogger<LiveOptions> logger)
{
    private readonly Lock _lock = new();
    private readonly List<Action<CallCenterOptions>> _changes = [];

    /// <summary>Follows the configuration from now on, until what it returns are disposed.</summary>
    /// <remarks>Not by an options monitor: that tells nobody when the changed options are wrong.</remarks>
    public IReadOnlyList<IDisposable> Follow(CenterRuntime runtime) =>
        [.. sources.Select(source => ChangeToken.OnChange(source.GetChangeToken, () => Reload(runtime)))];

    /// <summary>Makes a change on top of all earlier ones.</summary>
    /// <exception cref="OptionsValidationException">Something in it is wrong; nothing has changed.</exception>
    public void Change(CenterRuntime runtime, Action<CallCenterOptions> change)
    {
        lock (_lock)
        {
            _changes.Add(change);
            try
            {
                Apply(runtime);
            }
            catch
            {
                _changes.RemoveAt(_changes.Count - 1);
                throw;
            }
        }
    }

    private void Reload(CenterRuntime runtime)
    {
        lock (_lock)
        {
            try
            {
                Apply(runtime);
                LogReloaded(logger, runtime.Setup.Model.Version);
            }
            catch (OptionsValidationException wrong)
            {
                foreach (var fault in wrong.Failures)
                    LogRefused(logger, fault);
            }
            catch (Exception fault) when (fault is InvalidOperationException or IOException or FormatException)
            {
                LogRefused(logger, fault.Message);
            }
        }
    }

    private void Apply(CenterRuntime runtime)
    {
        var options = factory.Create(Options.DefaultName); // binds, configures and validates anew
        if (_changes.Count > 0)
        {
            foreach (var change in _changes)
                change(options);
            Validate(options);
        }
        runtime.Change(setups.Create(options, runtime.Setup.Model.Version + 1));
    }

    private void Validate(CallCenterOptions options)
    {
        var faults = validators.SelectMany(validator => validator.Validate(Options.DefaultName, options).Failures ?? []).ToList();
        if (faults.Count > 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(CallCenterOptions), faults);
    }

    [LoggerMessage(7311, LogLevel.Information, "The configuration has changed; agents, queues, dial plan and flows are those of version {Version}.")]
    private static partial void LogReloaded(ILogger logger, long version);

    [LoggerMessage(7312, LogLevel.Error, "The changed configuration is refused and the old one stays: {Fault}")]
    private static partial void LogRefused(ILogger logger, string fault);
}
