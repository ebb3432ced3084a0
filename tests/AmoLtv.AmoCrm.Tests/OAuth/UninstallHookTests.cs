using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tests.OAuth;

[TestFixture]
public sealed class UninstallHookTests
{
    private const string ClientId = "11111111-2222-3333-4444-555555555555";

    /// <summary>The reference's own vector, of the secret below and account 12345678.</summary>
    private const string Vector = "750226072f5f4cadc7525b43737d5ce1e6ffb01cbc2d8956e2f1501d6701477c";

    private static readonly string Secret = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
    private static readonly string Another = string.Concat(Enumerable.Repeat("fedcba9876543210", 4));
    private static readonly CrmIntegration Own = new(ClientId, Secret, new Uri("https://ltv.example.com/oauth/callback"));

    [Test]
    public void Documented_vector_is_valid() => Assert.That(Verify(Own), Is.EqualTo(UninstallHookOutcome.Valid));

    [Test]
    public void Hook_signed_with_the_secret_before_a_change_is_valid_while_both_hold()
    {
        Assert.That(Verify(Own with { ClientSecret = Another, PreviousSecret = Secret }), Is.EqualTo(UninstallHookOutcome.Valid));
        Assert.That(Verify(Own with { PreviousSecret = Another }), Is.EqualTo(UninstallHookOutcome.Valid));
        Assert.That(Verify(Own with { ClientSecret = Another }), Is.EqualTo(UninstallHookOutcome.BadSignature));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("750226072f5f4cadc7525b43737d5ce1e6ffb01cbc2d8956e2f1501d6701477d")]
    [TestCase("750226072F5F4CADC7525B43737D5CE1E6FFB01CBC2D8956E2F1501D6701477C")]
    [TestCase("750226072f5f4cadc7525b43737d5ce1e6ffb01cbc2d8956e2f1501d6701477")]
    [TestCase("подпись")]
    public void Another_signature_is_refused(string? signature) =>
        Assert.That(UninstallHook.Verify(ClientId, "12345678", signature, [Own]), Is.EqualTo(UninstallHookOutcome.BadSignature));

    [Test]
    public void Signature_of_another_account_is_refused() =>
        Assert.That(UninstallHook.Verify(ClientId, "12345679", Vector, [Own]), Is.EqualTo(UninstallHookOutcome.BadSignature));

    [TestCase(null, "12345678", UninstallHookOutcome.Malformed)]
    [TestCase(ClientId, null, UninstallHookOutcome.Malformed)]
    [TestCase(ClientId, "12345678|1", UninstallHookOutcome.Malformed)]
    [TestCase(ClientId, "-12345678", UninstallHookOutcome.Malformed)]
    [TestCase("99999999-2222-3333-4444-555555555555", "12345678", UninstallHookOutcome.UnknownIntegration)]
    public void Call_that_names_nobody_is_refused(string? clientId, string? account, UninstallHookOutcome expected) =>
        Assert.That(UninstallHook.Verify(clientId, account, Vector, [Own]), Is.EqualTo(expected));

    [Test]
    public void Integration_without_a_secret_verifies_nothing() =>
        Assert.That(Verify(Own with { ClientSecret = "" }), Is.EqualTo(UninstallHookOutcome.NoSecret));

    [Test]
    public void Account_is_read_from_the_query() => Assert.That(UninstallHook.Account("12345678"), Is.EqualTo(new AccountId(12345678)));

    private static UninstallHookOutcome Verify(CrmIntegration integration) => UninstallHook.Verify(ClientId, "12345678", Vector, [integration]);
}
