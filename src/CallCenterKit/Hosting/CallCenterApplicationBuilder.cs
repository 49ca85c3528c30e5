using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Hosting;

/// <summary>Builds a program that is a call center.</summary>
/// <remarks>appsettings.json and prompts are looked for beside the program; recordings and data are made in the current directory.</remarks>
public sealed class CallCenterApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private volatile bool _starting; // RunAsync says itself why a start failed

    internal CallCenterApplicationBuilder(string[]? args)
    {
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        CallCenter = new(_host.Services);
        _host.Services.AddCallCenter(_ => { });
        _host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && !_starting);
    }

    /// <summary>What the call center consists of.</summary>
    public CallCenterBuilder CallCenter { get; }

    /// <summary>appsettings.json, the environment, the arguments, and what the program adds.</summary>
    public IConfigurationManager Configuration => _host.Configuration;

    /// <summary>Everything else the program needs.</summary>
    public IServiceCollection Services => _host.Services;

    /// <summary>Where the log goes.</summary>
    public ILoggingBuilder Logging => _host.Logging;

    /// <summary>The program, for hosts that run it themselves.</summary>
    public IHost Build() => _host.Build();

    /// <summary>Runs the program until it is told to stop.</summary>
    /// <returns>0; 1 when it could not start, and then the error output says why, one line for each reason.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        using var host = Build();
        try
        {
            _starting = true;
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (ReasonsOf(fault) is { } reasons)
        {
            await Console.Error.WriteLineAsync("The call center cannot start:").ConfigureAwait(false);
            foreach (var reason in reasons)
                await Console.Error.WriteLineAsync($"  {reason}").ConfigureAwait(false);
            return 1;
        }
        finally
        {
            _starting = false;
        }
        await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return 0;
    }

    /// <summary>What a person can mend; null when it is none of that and should be seen as it is.</summary>
    private static IEnumerable<string>? ReasonsOf(Exception fault) => fault switch
    {
        OptionsValidationException wrong => wrong.Failures,
        IOException or InvalidDataException or UnauthorizedAccessException => [fault.Message],
        _ => null,
    };
}
