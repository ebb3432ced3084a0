using System.Net;
using System.Text;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Webhooks;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Webhooks;

/// <summary>What becomes of a call to the hooks' address.</summary>
[TestFixture]
public sealed class HookReceiverTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private HostServer _server = null!;
    private string _secret = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 });
        await _server.InstallAsync();
        _secret = HookSecret.Make();
        await _server.Services.GetRequiredService<SubscriptionStore>().KeepAsync(
            _server.Account, [1], HookSecret.Hash(_secret), Now, CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public Task EmptyAsync() => ExecuteAsync("delete from change_marks");

    [Test]
    public async Task Hook_is_kept_before_it_is_answered()
    {
        var status = await PostAsync(_secret, $"leads[status][0][id]=42&leads[status][0][updated_at]=1700000000&leads[delete][0][id]=43&account[id]={_server.Account}");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await MarksAsync(), Is.EquivalentTo(new[] { "2 42 0 1700000000", "2 43 1 " }));
    }

    [Test]
    public async Task Unknown_secret_is_answered_with_200_and_kept_nowhere()
    {
        foreach (var secret in new[] { HookSecret.Make(), "x", new string('A', 5000), _secret[..^1] + (_secret[^1] == 'A' ? 'B' : 'A') })
        {
            Assert.That(await PostAsync(secret, "leads[update][0][id]=42"), Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(await MarksAsync(), Is.Empty);
    }

    [Test]
    public async Task Unknown_secret_costs_the_database_no_write()
    {
        await using var readOnly = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server.Database.ConnectionString) { Options = "-c default_transaction_read_only=on" });
        var subscriptions = new SubscriptionStore(readOnly);
        using var accounts = new HookAccounts(subscriptions);

        Assert.That(await accounts.FindAsync(HookSecret.Make(), CancellationToken.None), Is.Null);
        Assert.That(
            () => subscriptions.KeepAsync(_server.Account, [1], HookSecret.Hash(_secret), Now, CancellationToken.None),
            Throws.InstanceOf<PostgresException>(), "A write would have been refused.");
    }

    [Test]
    public async Task Hook_of_another_account_is_dropped()
    {
        Assert.That(await PostAsync(_secret, "leads[update][0][id]=42&account[id]=1"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await MarksAsync(), Is.Empty);
    }

    [TestCase("")]
    [TestCase("task[add][0][id]=4")]
    [TestCase("{\"json\":1}")]
    public async Task Body_that_says_nothing_to_us_is_answered_with_200(string body)
    {
        Assert.That(await PostAsync(_secret, body), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await MarksAsync(), Is.Empty);
    }

    [Test]
    public async Task Body_that_is_not_understood_makes_everything_be_looked_at()
    {
        Assert.That(await PostAsync(_secret, "leads[update][0][id]=abc"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await MarksAsync(), Is.EqualTo(new[] { " 0 0 " }));
    }

    [Test]
    public async Task Body_that_is_too_large_is_not_read_to_its_end_and_makes_everything_be_looked_at()
    {
        Assert.That(
            await PostAsync(_secret, "leads[update][0][name]=" + new string('x', HookReceiver.LargestBody + 100_000) + "&leads[update][0][id]=42"),
            Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await MarksAsync(), Is.EqualTo(new[] { " 0 0 " }));
    }

    [Test]
    public async Task Hook_said_twice_at_once_is_kept_and_hooks_at_once_are_all_kept()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(index => PostAsync(_secret, $"leads[update][0][id]={1 + (index / 2)}")));

        Assert.That(answers, Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((await MarksAsync()).Distinct().Count(), Is.EqualTo(200));
    }

    [Test]
    public async Task Hook_that_cannot_be_kept_is_to_come_again()
    {
        await ExecuteAsync("alter table change_marks rename to change_marks_away");
        try
        {
            Assert.That(await PostAsync(_secret, "leads[update][0][id]=42"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }
        finally
        {
            await ExecuteAsync("alter table change_marks_away rename to change_marks");
        }

        Assert.That(await PostAsync(_secret, "leads[update][0][id]=42"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Secret_made_by_another_process_is_known_at_its_first_hook_as_long_as_there_is_the_account()
    {
        await PostAsync(_secret, "leads[update][0][id]=1");
        var fresh = HookSecret.Make();
        await ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand) values (77, 'https://other.amocrm.ru', 'amocrm');
            insert into webhook_subscriptions (account_id, secret, secret_hash, status, not_before) values (77, '', @Hash, 'active', now());
            """,
            new { Hash = HookSecret.Hash(fresh) });

        await PostAsync(fresh, "leads[update][0][id]=42");
        var kept = await ScalarAsync<long>("select count(*) from change_marks where account_id = 77");

        await ExecuteAsync("delete from change_marks; delete from accounts where account_id = 77");
        var status = await PostAsync(fresh, "leads[update][0][id]=42");

        Assert.That(kept, Is.EqualTo(1));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ScalarAsync<long>("select count(*) from change_marks"), Is.Zero, "Of an account that was erased nothing is kept.");
    }

    private async Task<HttpStatusCode> PostAsync(string secret, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _server.Http.PostAsync("hooks/amo/" + secret, content);
        return answer.StatusCode;
    }

    private async Task<IEnumerable<string>> MarksAsync()
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return await connection.QueryAsync<string>(
            "select concat(entity_type, ' ', entity_id, ' ', kind, ' ', extract(epoch from changed_at)::bigint) from change_marks order by mark_id");
    }

    private async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
