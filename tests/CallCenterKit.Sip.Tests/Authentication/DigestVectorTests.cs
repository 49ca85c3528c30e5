using CallCenterKit.Sip.Authentication;

namespace CallCenterKit.Sip.Tests.Authentication;

public sealed class DigestVectorTests
{
    [Fact]
    public void Rfc2617_section_3_5_example_has_its_response()
    {
        Assert.True(DigestCredentials.TryParse(
            """
            Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"
            """u8,
            out var credentials));

        var ha1 = DigestAlgorithm.Md5.Ha1("Mufasa", "testrealm@host.com", "Circle Of Life");

        Assert.Equal("939e7578ed9e3c518a452acee763bce9", ha1);
        Assert.Equal(credentials.Response, DigestAlgorithm.Md5.Response(ha1, "GET", credentials));
    }

    [Fact]
    public void Rfc7616_section_3_9_1_md5_example_has_its_response()
    {
        Assert.True(DigestCredentials.TryParse(
            """
            Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="8ca523f5e9506fed4657c9700eebdbec", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
            """u8,
            out var credentials));

        var ha1 = DigestAlgorithm.Md5.Ha1("Mufasa", "http-auth@example.org", "Circle of Life");

        Assert.Equal(credentials.Response, DigestAlgorithm.Md5.Response(ha1, "GET", credentials));
    }

    [Fact]
    public void Rfc7616_section_3_9_1_sha256_example_has_its_response()
    {
        Assert.True(DigestCredentials.TryParse(
            """
            Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
            """u8,
            out var credentials));

        var ha1 = DigestAlgorithm.Sha256.Ha1("Mufasa", "http-auth@example.org", "Circle of Life");

        Assert.Equal(credentials.Response, DigestAlgorithm.Sha256.Response(ha1, "GET", credentials));
    }

    [Fact]
    public void Client_answers_a_challenge_as_rfc7616_shows()
    {
        var answer = DigestClient.Answer(
            """
            Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
            """u8,
            "GET", "/dir/index.html", ("Mufasa", "Circle of Life"), "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        Assert.Contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"", answer, StringComparison.Ordinal);
        Assert.Contains("qop=auth, nc=00000001,", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Digest realm=\"a\", nonce=\"b\", algorithm=SHA-512-256")]
    [InlineData("Digest realm=\"a\", nonce=\"b\", qop=\"auth-int\"")]
    [InlineData("Digest realm=\"a\"")]
    [InlineData("Basic realm=\"a\"")]
    public void Client_leaves_a_challenge_it_cannot_answer(string challenge) =>
        Assert.Null(DigestClient.Answer(System.Text.Encoding.UTF8.GetBytes(challenge), "INVITE", "sip:a@b", "user", "password"));

    [Theory]
    [InlineData("Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\"")]
    [InlineData("Digest username=\"a, realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x")]
    [InlineData("Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\", qop=auth, nc=1, cnonce=\"c\"")]
    [InlineData("Digest")]
    [InlineData("")]
    public void Malformed_credentials_are_none(string header) =>
        Assert.False(DigestCredentials.TryParse(System.Text.Encoding.UTF8.GetBytes(header), out _));
}
