using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Tests.Valuing;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Callers;

[TestFixture]
public sealed class PageTokensTests
{
    private readonly FixedTime _time = new("2026-11-22T12:00:00Z");
    private string _keys = null!;
    private PageTokens _tokens = null!;

    [SetUp]
    public void Create()
    {
        _keys = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;
        _tokens = new PageTokens(Protector(_keys), _time);
    }

    [TearDown]
    public void Delete() => Directory.Delete(_keys, recursive: true);

    [Test]
    public void Token_says_what_it_was_made_for()
    {
        var (text, expiresAt) = _tokens.Issue(Somebody());

        var token = _tokens.Read(text)!;

        Assert.That((token.Account, token.User, token.Role, token.Vouching), Is.EqualTo((Somebody().Account, Somebody().User, Role.Analyst, Somebody().Vouching)));
        Assert.That(token.ExpiresAt, Is.EqualTo(expiresAt));
        Assert.That(expiresAt, Is.EqualTo(_time.Now.AddMinutes(15)));
    }

    [TestCase(14.99, true)]
    [TestCase(15, false)]
    [TestCase(600, false)]
    public void Token_lives_fifteen_minutes(double minutes, bool isRead)
    {
        var (text, _) = _tokens.Issue(Somebody());
        _time.Now = _time.Now.AddMinutes(minutes);

        Assert.That(_tokens.Read(text) is not null, Is.EqualTo(isRead));
    }

    [Test]
    public void Token_with_any_character_changed_is_not_read()
    {
        var (text, _) = _tokens.Issue(Somebody());

        for (var place = 0; place < text.Length; place += 7)
        {
            var forged = text[..place] + (text[place] == 'A' ? 'B' : 'A') + text[(place + 1)..];
            Assert.That(_tokens.Read(forged), Is.Null, forged);
        }
    }

    [TestCase("")]
    [TestCase("not a token")]
    [TestCase("eyJhbGciOiJub25lIn0.eyJhY2NvdW50IjoxfQ.")]
    public void Anything_else_is_not_read(string text) => Assert.That(_tokens.Read(text), Is.Null);

    [Test]
    public void Token_of_another_service_is_not_read()
    {
        var others = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;
        try
        {
            Assert.That(_tokens.Read(new PageTokens(Protector(others), _time).Issue(Somebody()).Token), Is.Null);
        }
        finally
        {
            Directory.Delete(others, recursive: true);
        }
    }

    [Test]
    public void State_of_an_install_is_no_token() => Assert.That(_tokens.Read(Protector(_keys).Sign("""{"Account":1}""")), Is.Null);

    private static SecretProtector Protector(string folder) => new(Options.Create(new KeyOptions { Folder = folder }));

    private static Caller Somebody() => new(
        new AccountId(7), new UserId(9), Role.Analyst, new Uri("https://acme.amocrm.ru"), CallerProof.Widget,
        new CrmVouching("11111111-2222-3333-4444-555555555555", false, new FixedTime("2026-11-22T12:00:00Z").Now));
}
