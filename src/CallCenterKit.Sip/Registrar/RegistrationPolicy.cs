namespace CallCenterKit.Sip.Registrar;

/// <summary>How long and how often an endpoint may be bound.</summary>
/// <param name="Min">Shorter wishes get 423.</param>
/// <param name="Default">Granted when the phone names no time.</param>
/// <param name="Max">Longer wishes are cut to this.</param>
/// <param name="MaxContacts">How many contacts an endpoint may have at once.</param>
internal sealed record RegistrationPolicy(TimeSpan Min, TimeSpan Default, TimeSpan Max, int MaxContacts);
