using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Tests.Valuing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>Codes and cookies by the clock, against real tables.</summary>
[TestFixture, Category("Slow")]
public sealed class SessionStoreTests
{
    private static readonly Caller Somebody = new(
        new AccountId(7), new UserId(9), Role.Member, new Uri("https://acme.amocrm.ru"), CallerProof.Widget,
        new CrmVouching("client", true, new FixedTime("2026-11-22T12:00:00Z").Now));

    private readonly FixedTime _time = new("2026-11-22T12:00:00Z");
    private NpgsqlDataSource _database = null!;
    private SessionStore _store = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        _store = new SessionStore(_database, _time);
    }

    [TearDown]
    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Code_is_exchanged_once_for_a_session_of_its_user()
    {
        var (code, expiresAt) = await _store.CreateCodeAsync(Somebody, CancellationToken.None);
        var first = await _store.ExchangeAsync(code, CancellationToken.None);
        var second = await _store.ExchangeAsync(code, CancellationToken.None);

        Assert.That(expiresAt, Is.EqualTo(_time.Now.AddSeconds(60)));
        Assert.That(first!.Value.Session.User, Is.EqualTo(Somebody.User));
        Assert.That(first.Value.Session.Vouching, Is.EqualTo(Somebody.Vouching));
        Assert.That(second, Is.Null);
    }

    [Test]
    public async Task Code_of_two_exchanges_at_once_serves_one()
    {
        var (code, _) = await _store.CreateCodeAsync(Somebody, CancellationToken.None);

        var exchanges = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _store.ExchangeAsync(code, CancellationToken.None)));

        Assert.That(exchanges.Count(exchange => exchange is not null), Is.EqualTo(1));
    }

    [TestCase(59.9, true)]
    [TestCase(60, false)]
    public async Task Code_lives_a_minute(double seconds, bool isTaken)
    {
        var (code, _) = await _store.CreateCodeAsync(Somebody, CancellationToken.None);
        _time.Now = _time.Now.AddSeconds(seconds);

        Assert.That(await _store.ExchangeAsync(code, CancellationToken.None) is not null, Is.EqualTo(isTaken));
    }

    [Test]
    public async Task Code_is_of_its_account_alone()
    {
        var (code, _) = await _store.CreateCodeAsync(Somebody, CancellationToken.None);

        Assert.That(await _store.ExchangeAsync(code with { Account = new AccountId(8) }, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Neither_code_nor_cookie_lies_in_the_database()
    {
        var (code, _) = await _store.CreateCodeAsync(Somebody, CancellationToken.None);
        var (open, _) = await _store.CreateCodeAsync(Somebody, CancellationToken.None);
        var (secret, _) = (await _store.ExchangeAsync(code, CancellationToken.None))!.Value;
        await using var connection = await _database.OpenConnectionAsync();
        var rows = await connection.ExecuteScalarAsync<string>(
            "select (select string_agg(c::text, ' ') from session_codes c) || (select string_agg(s::text, ' ') from page_sessions s)");

        Assert.That(rows, Does.Contain("client").And.Not.Contain(open.Text.Split('.')[1]).And.Not.Contain(secret.Text.Split('.')[1]));
    }

    [TestCase(11.99, true)]
    [TestCase(12, false)]
    public async Task Session_ends_twelve_hours_after_it_was_last_used(double hours, bool isFound)
    {
        var secret = await BeginAsync();
        _time.Now = _time.Now.AddHours(hours);

        Assert.That(await _store.FindAsync(secret, CancellationToken.None) is not null, Is.EqualTo(isFound));
    }

    [Test]
    public async Task Session_that_is_used_lasts_a_week_and_no_longer()
    {
        var secret = await BeginAsync();
        var began = _time.Now;
        while (await _store.FindAsync(secret, CancellationToken.None) is not null)
        {
            _time.Now = _time.Now.AddHours(8);
        }

        Assert.That(_time.Now - began, Is.InRange(TimeSpan.FromDays(7), TimeSpan.FromDays(7.5)));
    }

    [Test]
    public async Task Cookie_is_set_anew_when_its_end_moved_and_only_then()
    {
        var secret = await BeginAsync();
        _time.Now = _time.Now.AddMinutes(30);
        var soon = await _store.FindAsync(secret, CancellationToken.None);
        _time.Now = _time.Now.AddHours(2);
        var later = await _store.FindAsync(secret, CancellationToken.None);

        Assert.That((soon!.IsProlonged, later!.IsProlonged), Is.EqualTo((false, true)));
        Assert.That(later.ExpiresAt, Is.EqualTo(_time.Now.AddHours(12)));
    }

    [Test]
    public async Task Session_that_was_ended_is_not_found()
    {
        var secret = await BeginAsync();
        await _store.EndAsync(secret, CancellationToken.None);

        Assert.That(await _store.FindAsync(secret, CancellationToken.None), Is.Null);
    }

    [TestCase("")]
    [TestCase(".abc")]
    [TestCase("x.abc")]
    [TestCase("-1.abc")]
    [TestCase("7")]
    public void Text_that_names_no_account_is_no_secret(string text) => Assert.That(SessionSecret.Read(text), Is.Null);

    private async Task<SessionSecret> BeginAsync()
    {
        var (code, _) = await _store.CreateCodeAsync(Somebody, CancellationToken.None);
        return (await _store.ExchangeAsync(code, CancellationToken.None))!.Value.Secret;
    }
}
