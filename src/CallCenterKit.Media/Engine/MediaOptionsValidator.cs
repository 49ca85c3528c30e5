using System.Net;
using CallCenterKit.Configuration;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Media.Engine;

/// <summary>Refuses <see cref="MediaOptions"/> that cannot work; every message names the option, its value and what is allowed.</summary>
public sealed class MediaOptionsValidator : IValidateOptions<MediaOptions>
{
    private readonly OptionRules _rules = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MediaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        CheckRanges(options, failures);
        CheckPorts(options, failures);
        CheckAddresses(options, failures);
        if (options.Poller == MediaPoller.Epoll && !OperatingSystem.IsLinux())
            failures.Add("Media: Poller Epoll needs Linux; Auto and Portable work everywhere.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void CheckRanges(MediaOptions options, List<string> failures)
    {
        foreach (var (property, value, allowed) in _rules.Broken(options))
            failures.Add($"Media: {property} {value}: {allowed}");
    }

    private static void CheckAddresses(MediaOptions options, List<string> failures)
    {
        if (!IPAddress.TryParse(options.BindAddress, out var bind))
        {
            failures.Add($"Media: BindAddress '{options.BindAddress}' must be an IPv4 or IPv6 address.");
            return;
        }
        if (options.AdvertisedAddress is null)
            return;
        if (!IPAddress.TryParse(options.AdvertisedAddress, out var advertised))
            failures.Add($"Media: AdvertisedAddress '{options.AdvertisedAddress}' must be an IPv4 or IPv6 address.");
        else if (advertised.AddressFamily != bind.AddressFamily && !bind.Equals(IPAddress.IPv6Any))
            failures.Add($"Media: AdvertisedAddress {advertised} must be of the same family as BindAddress {bind}.");
    }

    private static void CheckPorts(MediaOptions options, List<string> failures)
    {
        if (options.FirstPort % 2 != 0)
            failures.Add($"Media: FirstPort {options.FirstPort} must be even (RFC 3550 §11).");
        if (options.LastPort % 2 != 0)
            failures.Add($"Media: LastPort {options.LastPort} must be even (RFC 3550 §11).");
        if (options.LastPort < options.FirstPort)
            failures.Add($"Media: LastPort {options.LastPort} must not be under FirstPort {options.FirstPort}.");
    }
}
