using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenterKit.Registrations;

namespace CallCenterKit.Sip.Registrar;

/// <summary>One place where an endpoint is reachable. Immutable.</summary>
internal sealed record ContactBinding
{
    /// <summary>Whose.</summary>
    public required EndpointId Endpoint { get; init; }

    /// <summary>As the phone wrote it: becomes the Request-URI.</summary>
    public required string Uri { get; init; }

    /// <summary>Where packets go: the contact's own address, or where the REGISTER came from when a NAT stands between.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>Our socket the phone knows; a NAT lets only that one through.</summary>
    public required IPEndPoint Local { get; init; }

    public required string CallId { get; init; }

    public required uint CSeq { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The form the store keeps.</summary>
    public RegistrationBinding ToStored(string driver) => new(driver, Endpoint, Uri, ExpiresAt,
        JsonSerializer.Serialize(new BindingData(Address.ToString(), Local.ToString(), CallId, CSeq), BindingJson.Default.BindingData));

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
                Address = address,
                Local = local,
                CallId = data.CallId,
                CSeq = data.CSeq,
                ExpiresAt = stored.ExpiresAt,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint} at {Address} until {ExpiresAt:O}");
}

/// <summary>What a binding needs besides the columns every driver has.</summary>
internal sealed record BindingData(string Address, string Local, string CallId, uint CSeq);

[JsonSerializable(typeof(BindingData))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BindingJson : JsonSerializerContext;
