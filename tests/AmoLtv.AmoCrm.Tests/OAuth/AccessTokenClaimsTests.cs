using System.Buffers.Text;
using System.Net;
using System.Text;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.OAuth;

[TestFixture]
public sealed class AccessTokenClaimsTests
{
    [TestCase("""{"api_domain":"api-a.amocrm.ru","exp":1751708127}""", "api-a.amocrm.ru", 1751708127L)]
    [TestCase("""{"api_domain":"","exp":"1751708127"}""", null, 1751708127L)]
    [TestCase("""{"api_domain":null,"exp":0}""", null, null)]
    [TestCase("{}", null, null)]
    [TestCase("[]", null, null)]
    [TestCase("not json", null, null)]
    public void Claims_are_read_where_they_are_there(string payload, string? domain, long? expires) =>
        Assert.That(
            AccessTokenClaims.Read($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.x"),
            Is.EqualTo(new AccessTokenClaims(domain, expires is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null)));

    [TestCase("")]
    [TestCase("opaque")]
    [TestCase("a.b")]
    [TestCase("a.!!!.c")]
    public void Token_that_is_no_JWT_has_none(string token) => Assert.That(AccessTokenClaims.Read(token), Is.EqualTo(new AccessTokenClaims(null, null)));

    [TestCase("Token has been revoked", true)]
    [TestCase("Cannot decrypt the refresh token", true)]
    [TestCase("Authorization code has expired", true)]
    [TestCase("Client authentication failed", false)]
    [TestCase(null, false)]
    public void Only_words_about_the_code_or_token_end_a_grant(string? hint, bool expected) =>
        Assert.That(
            OAuthClient.IsTokenRefused(new CrmException(CrmFailure.Unauthorized, "Renewing the token", status: HttpStatusCode.Unauthorized, hint: hint)),
            Is.EqualTo(expected));
}
