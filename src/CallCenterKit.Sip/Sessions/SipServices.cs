using System.Collections.Concurrent;
using System.Collections.Frozen;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Registrar;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Subscriptions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Trunks;
using CallCenterKit.Time;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Sessions;

/// <summary>What everything in one driver shares. Any thread.</summary>
internal sealed class SipServices
{
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, SUBSCRIBE, REGISTER";

    public const string Supported = "timer, 100rel, replaces";

    private readonly ConcurrentDictionary<SrtpPolicy, SdpSessionOptions> _sdp = new();
    private readonly FrozenSet<string> _emergencyNumbers = FrozenSet<string>.Empty;
    private int _liveLegs;

    public SipServices()
    {
        MessageWaiting = new(this);
        Trace = new(this);
    }

    /// <summary>What calls in progress sound like.</summary>
    public TonePlan Tones => Options.Tones switch
    {
        CallProgressTones.Europe => TonePlan.Europe,
        CallProgressTones.UnitedKingdom => TonePlan.UnitedKingdom,
        CallProgressTones.NorthAmerica => TonePlan.NorthAmerica,
        _ => throw new InvalidOperationException($"Tones '{Options.Tones}' are not known."),
    };

    public MessageWaiting MessageWaiting { get; }

    public SipTrace Trace { get; }

    public required SipActivitySource Activities { get; init; }

    public required SipOptions Options
    {
        get;
        init
        {
            field = value;
            _emergencyNumbers = value.EmergencyNumbers.ToFrozenSet(StringComparer.Ordinal);
            Codecs = value.Codecs.Count == 0 ? AudioCodecs.Default : AudioCodecs.Find(value.Codecs);
        }
    }

    public required string DriverName { get; init; }

    public required MediaEngine Media { get; init; }

    public required TimeProvider Time { get; init; }

    public required IRunningWork Work { get; init; }

    public required IIdSource Ids { get; init; }

    public required ConfiguredAccounts Accounts { get; init; }

    public required TrustedPeers Peers { get; init; }

    public required DigestAuthenticator Authenticator { get; init; }

    public required FailedAttempts FailedAttempts { get; init; }

    public required SipRegistrar Registrar { get; init; }

    public required RegistrarHost RegistrarHost { get; init; }

    public required ILogger Logger { get; init; }

    public required ISipResolver Resolver { get; init; }

    public required SipTrunks Trunks { get; init; }

    /// <summary>How audio is offered and answered.</summary>
    /// <param name="policy">Of a phone or a trunk; null: that of the driver.</param>
    public SdpSessionOptions Sdp(SrtpPolicy? policy) => _sdp.GetOrAdd(
        policy ?? Options.Srtp,
        static (policy, options) =>
        {
            var sdp = new SdpSessionOptions { Srtp = policy };
            return options.SrtpSuites.Count > 0 ? sdp with { SrtpSuites = [.. options.SrtpSuites] } : sdp;
        },
        Options);

    /// <summary>The policy of the phone a call comes from; null: it has none of its own, or it is no phone.</summary>
    public SrtpPolicy? SrtpOf(CallOrigin origin) => origin is CallOrigin.FromEndpoint phone ? Accounts.FindByEndpoint(phone.Endpoint)?.Srtp : null;

    /// <summary>Whether this number always passes.</summary>
    public bool IsEmergency(string number) => _emergencyNumbers.Contains(number);

    /// <summary>In order of preference.</summary>
    public IReadOnlyList<AudioCodec> Codecs { get; private init; } = AudioCodecs.Default;

    /// <summary>Set when the driver starts, before the first message.</summary>
    public ITelephonySink Sink { get; set; } = null!;

    /// <summary>Set when the driver starts.</summary>
    public SipStack Stack { get; set; } = null!;

    /// <summary>New calls are refused with 503.</summary>
    public bool Refuses { get => Volatile.Read(ref field); set => Volatile.Write(ref field, value); }

    public int LiveLegs => Volatile.Read(ref _liveLegs);

    /// <summary>False when the limit of calls is reached, which an emergency call passes.</summary>
    public bool TryAddLeg(bool isEmergency)
    {
        if (Interlocked.Increment(ref _liveLegs) <= Options.MaxCalls || isEmergency)
            return true;
        Interlocked.Decrement(ref _liveLegs);
        return false;
    }

    public void RemoveLeg() => Interlocked.Decrement(ref _liveLegs);

    /// <summary>The URI by which the far end of a leg reaches somebody through us.</summary>
    public string UriOf(DialTarget target, SipLeg through) => target switch
    {
        DialTarget.ToEndpoint { Endpoint: var endpoint } => through.UriOf(Accounts.FindByEndpoint(endpoint)?.User ?? endpoint.Text),
        DialTarget.ToNumber { Number: var number } => through.UriOf(number),
        DialTarget.ToAddress { Address: var address } => address,
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Not a target of the voice port."),
    };

    /// <summary>Says who we are, in a response.</summary>
    public SipMessageWriter Server(SipMessageWriter response) =>
        Options.UserAgent.Length > 0 ? response.Header(SipHeader.Server, Options.UserAgent) : response;

    /// <summary>Says who we are, in a request.</summary>
    public SipMessageWriter UserAgent(SipMessageWriter request) =>
        Options.UserAgent.Length > 0 ? request.Header(SipHeader.UserAgent, Options.UserAgent) : request;
}
