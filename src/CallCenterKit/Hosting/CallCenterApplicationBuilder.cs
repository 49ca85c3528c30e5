using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Hosting;

/// <summary>Builds a program that is a call center.</summary>
/// <remarks>appsettings.json and prompts are looked for beside the program; recordings and data are made in the current directory.</remarks>
public sealed class CallCenterApplicationBuilder
{
    private readonly HostApplicationBuilder _host;

    internal CallCenterApplicationBuilder(string[]? args)
    {
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        CallCenter = new(_host.Services);
        _host.Services.AddCallCenter(_ => { });
    }

    /// <summary>What the call center consists of.</summary>
    public CallCenterBuilder CallCenter { get; }

    /// <summary>appsettings.json, the environment, the arguments, and what the program adds.</summary>
    public IConfigurationManager Configuration => _host.Configuration;

    /// <summary>Everything else the program needs.</summary>
    public IServiceCollection Services => _host.Services;

    /// <summary>Where the log goes.</summary>
    public ILoggingBuilder Logging => _host.Logging;

    /// <summary>The program; run it with <c>RunAsync</c>.</summary>
    public IHost Build() => _host.Build();
}
