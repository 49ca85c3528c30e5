using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenterKit.Sip.Tests.Loopback;

/// <summary>A certificate authority in a folder of its own, valid for a day.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sip-tls");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private byte _serial;

    internal TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _root = request.CreateSelfSigned(_now.AddHours(-1), _now.AddDays(1));
        RootFile = PathOf("root.pem");
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    internal string RootFile { get; }

    internal string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Certificate and key in one file.</summary>
    internal string Issue(string file, params string[] names)
    {
        var (certificate, key) = Sign(names);
        File.WriteAllText(PathOf(file), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return PathOf(file);
    }

    /// <summary>The certificate in one file, its encrypted key in another.</summary>
    internal (string Certificate, string Key) IssueEncrypted(string name, string password)
    {
        var (certificate, key) = Sign([name]);
        File.WriteAllText(PathOf("own.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("own.key"), key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)));
        return (PathOf("own.pem"), PathOf("own.key"));
    }

    internal string IssuePkcs12(string name, string password)
    {
        var (certificate, key) = Sign([name]);
        using var both = certificate.CopyWithPrivateKey(key);
        File.WriteAllBytes(PathOf("own.pfx"), both.Export(X509ContentType.Pkcs12, password));
        return PathOf("own.pfx");
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    private (X509Certificate2 Certificate, ECDsa Key) Sign(string[] names)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        return (request.Create(_root, _now.AddHours(-1), _now.AddHours(12), [1, ++_serial]), key);
    }
}
