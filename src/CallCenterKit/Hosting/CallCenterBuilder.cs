using CallCenterKit.Configuration;
using CallCenterKit.Desks;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenterKit.Hosting;

/// <summary>Says what a call center consists of. Every call returns the builder, so calls chain.</summary>
public sealed class CallCenterBuilder
{
    internal CallCenterBuilder(IServiceCollection services) => Services = services;

    /// <summary>Where everything is registered; replace any port by registering your own before or after.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sets options in code; what code sets wins over the configuration.</summary>
    public CallCenterBuilder Configure(Action<CallCenterOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Adds a phone.</summary>
    /// <param name="number">The number it is called under and registers with.</param>
    /// <param name="password">Its password; null when the configuration gives it.</param>
    public CallCenterBuilder AddExtension(string number, string? password = null) => Configure(options =>
    {
        var extension = options.Extensions.TryGetValue(number, out var known) ? known : options.Extensions[number] = new();
        extension.Password = password ?? extension.Password;
    });

    /// <summary>Adds a person who takes calls.</summary>
    /// <param name="id">The host's name for them.</param>
    /// <param name="extension">The phone they work from when the center starts; null: they have to log in.</param>
    public CallCenterBuilder AddAgent(string id, string? extension = null) => Configure(options =>
    {
        var agent = options.Agents.TryGetValue(id, out var known) ? known : options.Agents[id] = new();
        agent.Extension = extension ?? agent.Extension;
    });

    /// <summary>Adds a queue.</summary>
    /// <param name="id">The host's name for it.</param>
    /// <param name="agents">Who serves it.</param>
    public CallCenterBuilder AddQueue(string id, params string[] agents) => AddQueue(id, queue =>
    {
        foreach (var agent in agents)
            queue.Members.Add(agent);
    });

    /// <summary>Adds a queue, or changes one that the configuration names.</summary>
    /// <param name="id">The host's name for it.</param>
    /// <param name="configure">Sets its options.</param>
    public CallCenterBuilder AddQueue(string id, Action<QueueOptions> configure) => Configure(options =>
        configure(options.Queues.TryGetValue(id, out var known) ? known : options.Queues[id] = new()));

    /// <summary>Adds a mailbox, in which callers leave messages.</summary>
    /// <param name="name">Its name: "voicemail:NAME" leads callers of a queue there.</param>
    /// <param name="extensions">The phones whose lamp shows its messages.</param>
    public CallCenterBuilder AddMailbox(string name, params string[] extensions) => Configure(options =>
    {
        var mailbox = options.Mailboxes.TryGetValue(name, out var known) ? known : options.Mailboxes[name] = new();
        foreach (var extension in extensions)
            mailbox.Extensions.Add(extension);
    });

    /// <summary>Leads a number to a queue.</summary>
    public CallCenterBuilder MapQueue(string number, string queue) => Configure(options => options.DialPlan[number] = $"queue:{queue}");

    /// <summary>Leads a number to a flow written as code.</summary>
    public CallCenterBuilder MapFlow(string number, Func<FlowCall, CancellationToken, Task> flow) => MapFlow(number, CallFlow.Create(number, flow));

    /// <summary>Leads a number to a flow.</summary>
    public CallCenterBuilder MapFlow(string number, IFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        AddFlow(flow);
        return Configure(options => options.DialPlan[number] = $"flow:{flow.Name}");
    }

    /// <summary>Adds a flow that dial plan, queues or other flows name.</summary>
    public CallCenterBuilder AddFlow(IFlow flow)
    {
        Services.AddSingleton(flow);
        return this;
    }

    /// <summary>Adds a way to choose among agents; queues name it by <see cref="IRoutingStrategy.Name"/>.</summary>
    public CallCenterBuilder AddStrategy<TStrategy>()
        where TStrategy : class, IRoutingStrategy
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRoutingStrategy, TStrategy>());
        return this;
    }

    /// <summary>Adds somebody who is asked how well agents fit a caller; queues name it by <see cref="IAgentScorer.Name"/>.</summary>
    public CallCenterBuilder AddScorer<TScorer>()
        where TScorer : class, IAgentScorer
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAgentScorer, TScorer>());
        return this;
    }

    /// <summary>Adds the agents' screens: they are told of every call that rings.</summary>
    public CallCenterBuilder AddDesk<TDesk>()
        where TDesk : class, IAgentDesk
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAgentDesk, TDesk>());
        return this;
    }

    /// <summary>Adds a language in which numbers, amounts and times are said; English and Lithuanian are there.</summary>
    public CallCenterBuilder AddLanguage<TLanguage>()
        where TLanguage : SpokenLanguage
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<SpokenLanguage, TLanguage>());
        return this;
    }

    /// <summary>Speaks texts nobody has recorded by this engine; espeak-ng and flite need only <see cref="SpokenTextOptions.Engine"/>.</summary>
    public CallCenterBuilder UseTextToSpeech(ITextToSpeech engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Services.AddSingleton(engine);
        return Configure(options => options.Speech.Engine = engine.Name);
    }

    /// <summary>Keeps journal, records and registrations in one SQLite file.</summary>
    /// <param name="file">Relative to the current directory; its folder is made when it is missing.</param>
    public CallCenterBuilder UseSqlite(string file) => Configure(options => options.Storage.File = file);
}
