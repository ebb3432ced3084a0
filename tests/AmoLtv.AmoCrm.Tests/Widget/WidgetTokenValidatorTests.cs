using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Widget;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tests.Widget;

[TestFixture]
public sealed class WidgetTokenValidatorTests
{
    private const string ClientId = "11111111-2222-3333-4444-555555555555";
    private const string OtherClientId = "99999999-2222-3333-4444-555555555555";

    /// <summary>The reference's own vector: signed with the secret below, valid from 1700000000 to 1700001800.</summary>
    private const string Vector =
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL2FjbWUuYW1vY3JtLnJ1IiwiYXVkIjoiaHR0cHM6Ly9sdHYuZXhhbXBsZS5jb20iLCJqdGkiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJpYXQiOjE3MDAwMDAwMDAsIm5iZiI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAxODAwLCJhY2NvdW50X2lkIjoxMjM0NTY3OCwidXNlcl9pZCI6NzY1NDMyMSwic3ViZG9tYWluIjoiYWNtZSIsImNsaWVudF91dWlkIjoiMTExMTExMTEtMjIyMi0zMzMzLTQ0NDQtNTU1NTU1NTU1NTU1In0.fGP9DkgpbhK88yRTwJ4DVTo3vxcjgsLOJhDlBe18Azo";

    private static readonly string Secret = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
    private static readonly string OtherSecret = string.Concat(Enumerable.Repeat("fedcba9876543210", 4));
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_900);
    private static readonly CrmIntegration Own = new(ClientId, Secret, new Uri("https://ltv.example.com/oauth/callback"));
    private static readonly CrmIntegration Other = new(OtherClientId, OtherSecret, new Uri("https://other.example.com/oauth/callback"));

    [Test]
    public async Task Documented_vector_is_valid()
    {
        var verdict = await WidgetTokenValidator.ValidateAsync(Vector, [Other, Own], Now);

        Assert.That(verdict.Outcome, Is.EqualTo(WidgetTokenOutcome.Valid));
        Assert.That(verdict.Claims, Is.EqualTo(new WidgetClaims(ClientId, new AccountId(12345678), new UserId(7654321), null, new Uri("https://acme.amocrm.ru"))));
    }

    [TestCase("https://ltv.example.com", WidgetTokenOutcome.Valid)]
    [TestCase("https://ltv.example.com:443", WidgetTokenOutcome.Valid)]
    [TestCase("https://ltv.example.com/", WidgetTokenOutcome.WrongAudience)]
    [TestCase("https://ltv.example.com/oauth/callback", WidgetTokenOutcome.WrongAudience)]
    [TestCase("http://ltv.example.com", WidgetTokenOutcome.WrongAudience)]
    [TestCase("https://other.example.com", WidgetTokenOutcome.WrongAudience)]
    [TestCase(null, WidgetTokenOutcome.WrongAudience)]
    public async Task Audience_is_scheme_and_host_of_the_redirect_address(string? audience, WidgetTokenOutcome expected) =>
        Assert.That((await ValidateAsync(Claims() with { Aud = audience })).Outcome, Is.EqualTo(expected));

    [TestCase("http://127.0.0.1", WidgetTokenOutcome.Valid)]
    [TestCase("http://127.0.0.1:5000", WidgetTokenOutcome.Valid)]
    [TestCase("http://127.0.0.1:6000", WidgetTokenOutcome.WrongAudience)]
    public async Task Port_of_the_redirect_address_may_be_left_out(string audience, WidgetTokenOutcome expected)
    {
        var local = Own with { RedirectUri = new Uri("http://127.0.0.1:5000/oauth/callback") };

        var verdict = await WidgetTokenValidator.ValidateAsync(Sign(Claims() with { Aud = audience }), [local], Now);

        Assert.That(verdict.Outcome, Is.EqualTo(expected));
    }

    [TestCase(-920, WidgetTokenOutcome.Valid)]
    [TestCase(-930, WidgetTokenOutcome.Valid)]
    [TestCase(-931, WidgetTokenOutcome.NotYetValid)]
    [TestCase(-940, WidgetTokenOutcome.NotYetValid)]
    [TestCase(920, WidgetTokenOutcome.Valid)]
    [TestCase(929, WidgetTokenOutcome.Valid)]
    [TestCase(930, WidgetTokenOutcome.Expired)]
    [TestCase(940, WidgetTokenOutcome.Expired)]
    public async Task Time_is_checked_with_half_a_minute_of_skew(int seconds, WidgetTokenOutcome expected) =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(Vector, [Own], Now.AddSeconds(seconds))).Outcome, Is.EqualTo(expected));

    [Test]
    public async Task Token_without_an_end_is_refused() =>
        Assert.That((await ValidateAsync(Claims() with { Exp = null })).Outcome, Is.EqualTo(WidgetTokenOutcome.Expired));

    [Test]
    public async Task Token_signed_with_another_secret_is_refused() =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(Sign(Claims(), OtherSecret), [Own], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.BadSignature));

    [Test]
    public async Task Token_of_one_integration_signed_by_the_secret_of_another_is_refused() =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(Sign(Claims(), OtherSecret), [Own, Other], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.BadSignature));

    [TestCase("none", false)]
    [TestCase("None", false)]
    [TestCase("HS512", true)]
    [TestCase("HS384", true)]
    [TestCase("RS256", true)]
    public async Task Algorithm_is_HS256_and_nothing_else(string algorithm, bool isSigned) =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(Sign(Claims(), Secret, algorithm, isSigned), [Own], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.BadSignature));

    [Test]
    public async Task Changed_claims_break_the_signature()
    {
        var parts = Vector.Split('.');
        var forged = string.Join('.', parts[0], Sign(Claims() with { AccountId = 87654321 }).Split('.')[1], parts[2]);

        Assert.That((await WidgetTokenValidator.ValidateAsync(forged, [Own], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.BadSignature));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("x")]
    [TestCase("a.b.c")]
    [TestCase("..")]
    [TestCase("eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.x")]
    public async Task Text_that_is_no_token_is_refused(string? token) =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(token, [Own], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.Malformed));

    [TestCase(8192, WidgetTokenOutcome.Valid)]
    [TestCase(8193, WidgetTokenOutcome.Malformed)]
    public async Task Token_of_more_than_eight_thousand_characters_is_refused(int length, WidgetTokenOutcome expected)
    {
        var token = Enumerable.Range(0, length).Select(more => Sign(Claims() with { Iss = "https://" + new string('a', more) })).First(signed => signed.Length == length);

        Assert.That((await WidgetTokenValidator.ValidateAsync(token, [Own], Now)).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public async Task Token_of_megabytes_is_refused_unread() =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(new string('a', 5_000_000), [Own], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.Malformed));

    [Test]
    public async Task Client_id_is_the_same_in_capitals_and_is_reported_as_the_integration_s()
    {
        var known = Own with { ClientId = "abcdef11-2222-3333-4444-555555555555" };

        var verdict = await WidgetTokenValidator.ValidateAsync(Sign(Claims() with { ClientUuid = known.ClientId.ToUpperInvariant() }), [known], Now);

        Assert.That(verdict.Claims?.ClientId, Is.EqualTo(known.ClientId));
    }

    [Test]
    public async Task Unknown_integration_is_refused() =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(Vector, [Other], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.UnknownIntegration));

    [Test]
    public async Task Unset_secret_refuses_instead_of_letting_everything_pass() =>
        Assert.That((await WidgetTokenValidator.ValidateAsync(Sign(Claims(), "x"), [Own with { ClientSecret = "" }], Now)).Outcome, Is.EqualTo(WidgetTokenOutcome.NoSecret));

    [TestCase(31, WidgetTokenOutcome.NoSecret)]
    [TestCase(32, WidgetTokenOutcome.Valid)]
    public async Task Secret_shorter_than_the_hash_is_none(int bytes, WidgetTokenOutcome expected)
    {
        var secret = new string('s', bytes);

        Assert.That((await WidgetTokenValidator.ValidateAsync(Sign(Claims(), secret), [Own with { ClientSecret = secret }], Now)).Outcome, Is.EqualTo(expected));
    }

    [TestCase("https://acme.amocrm.ru", WidgetTokenOutcome.Valid)]
    [TestCase("https://evil.amocrm.ru", WidgetTokenOutcome.WrongIssuer)]
    [TestCase("https://acme.kommo.com", WidgetTokenOutcome.WrongIssuer)]
    [TestCase("http://acme.amocrm.ru", WidgetTokenOutcome.WrongIssuer)]
    [TestCase("https://acme.amocrm.ru:8443", WidgetTokenOutcome.WrongIssuer)]
    public async Task Issuer_is_the_host_where_the_account_is_known_to_be(string stored, WidgetTokenOutcome expected) =>
        Assert.That((await ValidateAsync(Claims())).For(new Uri(stored)).Outcome, Is.EqualTo(expected));

    [Test]
    public async Task Administrator_is_who_the_claim_names_and_unknown_where_it_is_missing([Values] bool? claim) =>
        Assert.That((await ValidateAsync(Claims() with { IsAdmin = claim })).Claims?.IsAdmin, Is.EqualTo(claim));

    private static Task<WidgetTokenVerdict> ValidateAsync(Payload payload) =>
        WidgetTokenValidator.ValidateAsync(Sign(payload), [Own], Now);

    private static Payload Claims() =>
        new("https://acme.amocrm.ru", "https://ltv.example.com", 1_700_000_000, 1_700_001_800, 12345678, 7654321, ClientId, null);

    private static string Sign(Payload payload, string? secret = null, string algorithm = "HS256", bool isSigned = true)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = payload.Iss, ["aud"] = payload.Aud, ["nbf"] = payload.Nbf, ["exp"] = payload.Exp, ["account_id"] = payload.AccountId,
            ["user_id"] = payload.UserId, ["client_uuid"] = payload.ClientUuid, ["is_admin"] = payload.IsAdmin,
        }.Where(claim => claim.Value is not null).ToDictionary();
        var signed = Encode(JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = algorithm })) + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        var key = Encoding.UTF8.GetBytes(secret ?? Secret);
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "HS512" => HMACSHA512.HashData(key, bytes),
            "HS384" => HMACSHA384.HashData(key, bytes),
            _ => HMACSHA256.HashData(key, bytes),
        };
        return signed + "." + (isSigned ? Encode(signature) : "");
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private sealed record Payload(string Iss, string? Aud, long Nbf, long? Exp, long AccountId, long UserId, string ClientUuid, bool? IsAdmin);
}
