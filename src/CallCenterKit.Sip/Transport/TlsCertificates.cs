using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Transport;

/// <summary>What TLS handshakes are made with, read anew when its files have changed. Any thread.</summary>
/// <remarks>Replaced certificates are left to the garbage collector: handshakes may still be at them.</remarks>
internal sealed class TlsCertificates
{
    private readonly SipTlsOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private Loaded _loaded;
    private string _stamp;

    /// <exception cref="IOException">A file can't be read, or what it holds can't be used; the message names it.</exception>
    internal TlsCertificates(SipTlsOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _stamp = Stamp();
        try
        {
            _loaded = Load();
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw new IOException($"SIP over TLS can't use {Files}: {exception.Message}", exception);
        }
    }

    /// <summary>For a peer that connects.</summary>
    /// <exception cref="AuthenticationException">There is no certificate to show.</exception>
    internal SslServerAuthenticationOptions ForServer()
    {
        var loaded = Current();
        return new()
        {
            ServerCertificateContext = loaded.Own ?? throw new AuthenticationException("There is no certificate to show."),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = _options.RequireClientCertificates,
            CertificateChainPolicy = _options.RequireClientCertificates ? Policy(loaded) : null,
        };
    }

    /// <summary>For a peer we connect to.</summary>
    /// <param name="hostName">What its certificate must name: a host, or an IP address.</param>
    internal SslClientAuthenticationOptions ForClient(string hostName)
    {
        var loaded = Current();
        return new()
        {
            TargetHost = hostName,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateContext = loaded.Own,
            CertificateChainPolicy = _options.VerifyPeers ? Policy(loaded) : null,
#pragma warning disable CA5359 // the host has asked for it, with an option that says what it costs
            RemoteCertificateValidationCallback = _options.VerifyPeers ? null : static (_, _, _, _) => true,
#pragma warning restore CA5359
        };
    }

    private string Files => string.Join(", ", WatchedFiles());

    private IEnumerable<string> WatchedFiles()
    {
        string?[] files = [_options.CertificateFile, _options.KeyFile, _options.PasswordFile, _options.TrustedCertificatesFile];
        foreach (var file in files)
        {
            if (!string.IsNullOrEmpty(file)) yield return file;
        }
    }

    private Loaded Current()
    {
        lock (_lock)
        {
            var stamp = Stamp();
            if (stamp == _stamp) return _loaded;
            _stamp = stamp;
            try
            {
                _loaded = Load();
            }
            catch (Exception exception) when (IsBroken(exception))
            {
                TransportLog.CertificateBroken(_logger, Files, exception.Message);
            }

            return _loaded;
        }
    }

    /// <summary>Changes when a file does.</summary>
    private string Stamp()
    {
        var files = WatchedFiles().Select(file => new FileInfo(file))
            .Select(file => file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks}/{file.Length}") : "-");
        return string.Join('|', files);
    }

    private static bool IsBroken(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException;

    private Loaded Load()
    {
        X509Certificate2Collection? trusted = null;
        if (!string.IsNullOrEmpty(_options.TrustedCertificatesFile))
        {
            trusted = [];
            trusted.ImportFromPemFile(_options.TrustedCertificatesFile);
            if (trusted.Count == 0) throw new CryptographicException("No certificate stands in the file of trusted ones.");
        }

        if (string.IsNullOrEmpty(_options.CertificateFile)) return new(null, trusted);
        var all = IsPkcs12(_options.CertificateFile)
            ? X509CertificateLoader.LoadPkcs12CollectionFromFile(_options.CertificateFile, Password())
            : LoadPem(_options.CertificateFile);
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("There is no private key to the certificate.");
        all.Remove(own);
        TransportLog.CertificateLoaded(_logger, own.Subject, _options.CertificateFile, own.NotAfter.ToUniversalTime());
        return new(SslStreamCertificateContext.Create(own, all, offline: true), trusted);
    }

    private static bool IsPkcs12(string file) => Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12";

    private X509Certificate2Collection LoadPem(string file)
    {
        var password = Password();
        using var own = password is null
            ? X509Certificate2.CreateFromPemFile(file, _options.KeyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(file, password, _options.KeyFile);
        X509Certificate2Collection all = [];
        all.ImportFromPemFile(file);
        all.RemoveAt(0);
        // Windows can't use a key that was never in a store.
        all.Insert(0, X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null));
        return all;
    }

    private string? Password() => _options.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() : _options.Password;

    private static X509ChainPolicy Policy(Loaded loaded)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (loaded.Trusted is null) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(loaded.Trusted);
        return policy;
    }

    private sealed record Loaded(SslStreamCertificateContext? Own, X509Certificate2Collection? Trusted);
}
