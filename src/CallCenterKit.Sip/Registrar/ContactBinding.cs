using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenterKit.Registrations;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Registrar;

/// <summary>One place where an endpoint is reachable. Immutable.</summary>
internal sealed record ContactBinding
{
    /// <summary>The q of a contact that names none (RFC 3261 §20.10).</summary>
    public const int HighestQ = 1000;

    /// <summary>Whose.</summary>
    public required EndpointId Endpoint { get; init; }

    /// <summary>As the phone wrote it: becomes the Request-URI.</summary>
    public required string Uri { get; init; }

    /// <summary>How packets go there.</summary>
    public SipTransportProtocol Protocol { get; init; }

    /// <summary>Where packets go: the contact's own address, or where the REGISTER came from when a NAT stands between or a connection carries it.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>Our socket the phone knows; a NAT lets only that one through. Null for a configured contact, which knows none.</summary>
    public required IPEndPoint? Local { get; init; }

    /// <summary>The connection the phone registered over is the way to it, and its end the end of the binding (RFC 5626 §4.2). Not after a restart.</summary>
    public bool IsOverConnection { get; init; }

    public required string CallId { get; init; }

    public required uint CSeq { get; init; }

    /// <summary>The latest possible instant for a configured contact.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The phone's preference, 0 to 1000: equal ones ring at once, lower ones later (RFC 3261 §10.2.1.2).</summary>
    public int QThousandths { get; init; } = HighestQ;

    /// <summary>Which device it is (+sip.instance, RFC 5626 §4.1); null when it does not say.</summary>
    public string? Instance { get; init; }

    /// <summary>Which of several ways to the device (reg-id, RFC 5626 §4.2); 0 when it does not say.</summary>
    public uint RegId { get; init; }

    /// <summary>Comes from the configuration, not from a REGISTER: never expires, is not stored and not told to phones.</summary>
    public bool IsFixed { get; init; }

    /// <summary>False while it leaves our OPTIONS unanswered: kept, but not rung.</summary>
    public bool IsAlive { get; init; } = true;

    /// <summary>How long it took to answer our last OPTIONS; null before the first answer.</summary>
    public TimeSpan? RoundTrip { get; init; }

    public ContactKey Key => new(Endpoint, Uri, IsFixed);

    public ContactFlow Flow => new(Protocol, Address);

    /// <summary>The form the store keeps.</summary>
    public RegistrationBinding ToStored(string driver)
    {
        var data = new BindingData(Address.ToString(), $"{Local}", CallId, CSeq)
        {
            Protocol = Protocol,
            Q = QThousandths,
            Instance = Instance,
            RegId = RegId,
        };
        return new(driver, Endpoint, Uri, ExpiresAt, JsonSerializer.Serialize(data, BindingJson.Default.BindingData));
    }

    /// <summary>Reads the stored form; null when it is not one of ours.</summary>
    public static ContactBinding? FromStored(RegistrationBinding stored)
    {
        try
        {
            var data = JsonSerializer.Deserialize(stored.Data, BindingJson.Default.BindingData);
            if (data is null || !IPEndPoint.TryParse(data.Address, out var address) || !IPEndPoint.TryParse(data.Local, out var local))
                return null;
            return new()
            {
                Endpoint = stored.Endpoint,
                Uri = stored.Contact,
                Protocol = data.Protocol,
                Address = address,
                Local = local,
                CallId = data.CallId,
                CSeq = data.CSeq,
                ExpiresAt = stored.ExpiresAt,
                QThousandths = data.Q ?? HighestQ,
                Instance = data.Instance,
                RegId = data.RegId,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What stands in the request line of a request to the phone: no headers (RFC 3261 §19.1.5).</summary>
    public string RequestUri => Uri.IndexOf('?', StringComparison.Ordinal) is >= 0 and var end ? Uri[..end] : Uri;

    /// <summary>The socket the phone knows, or another of the same transport and kind of address; null when there is none.</summary>
    public ISipTransport? FindTransport(SipStack stack) => stack.FindTransport(Protocol, Address, Local);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint} at {Protocol} {Address} until {ExpiresAt:O}");
}

/// <summary>What a binding needs besides the columns every driver has. Fields are only added: what an older version wrote lacks some.</summary>
internal sealed record BindingData(string Address, string Local, string CallId, uint CSeq)
{
    /// <summary>UDP when missing.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SipTransportProtocol>))]
    public SipTransportProtocol Protocol { get; init; }

    /// <summary>Thousandths; the highest when missing.</summary>
    public int? Q { get; init; }

    public string? Instance { get; init; }

    public uint RegId { get; init; }
}

[JsonSerializable(typeof(BindingData))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class BindingJson : JsonSerializerContext;
