using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using Dapper;

namespace AmoLtv.Host.Tests.Cards;

/// <summary>An open card asks again and again: it is told nothing twice, and everything that is new.</summary>
[TestFixture]
public sealed class CardFreshnessTests
{
    private HostServer _server = null!;
    private CardCaller _caller = null!;
    private long _company;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 10, Leads = 60 });
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        _caller = new CardCaller(_server);
        _company = await ScalarAsync<long>("select min(customer_id) from customer_values where scope = 1");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Card_that_has_not_changed_is_not_sent_again()
    {
        using var first = await AskAsync();
        var tag = first.Headers.ETag!.Tag;
        using var again = await AskAsync(tag);

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(again.Headers.ETag!.Tag, Is.EqualTo(tag));
        Assert.That(again.Headers.GetValues("Access-Control-Allow-Origin").Count(), Is.EqualTo(1), "a browser lets the page see it");
        Assert.That(await again.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task Version_in_the_body_is_the_one_of_the_header()
    {
        var card = await _caller.CardAsync($"companies/{_company}");
        using var again = await AskAsync($"\"{card.GetProperty("version").GetString()}\"");

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public async Task Another_version_gets_the_card([Values("\"other\"", "*", "\"a\", \"b\"", "nonsense")] string known)
    {
        using var answer = await AskAsync(known);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Version_of_one_customer_is_not_that_of_another()
    {
        var other = await ScalarAsync<long>("select max(customer_id) from customer_values where scope = 1");
        using var first = await AskAsync();
        using var answer = await AskAsync(first.Headers.ETag!.Tag, other);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("update account_values set calculated_at = calculated_at + interval '1 minute'", TestName = "Card_is_sent_anew_after_a_calculation")]
    [TestCase("update grants set status = case status when 'lost' then 'connected' else 'lost' end", TestName = "Card_is_sent_anew_when_the_connection_changes")]
    [TestCase(
        """
        insert into settings_versions (account_id, version, settings, saved_by, saved_at)
        select account_id, 1, '{}', 'a test', now() from accounts
        """,
        TestName = "Card_is_sent_anew_when_the_settings_change")]
    public async Task Card_is_sent_anew(string change)
    {
        using var first = await AskAsync();
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(change);
        using var answer = await AskAsync(first.Headers.ETag!.Tag);
        await connection.ExecuteAsync("update grants set status = 'connected'");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Card_that_was_answered_before_tells_of_a_connection_that_was_lost_since()
    {
        var before = await _caller.CardAsync($"companies/{_company}");
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update grants set status = 'lost'");
        var after = await _caller.CardAsync($"companies/{_company}");
        await connection.ExecuteAsync("update grants set status = 'connected'");

        Assert.That((Connection(before), Connection(after)), Is.EqualTo(("ok", "lost")));
    }

    [Test]
    public async Task Remark_is_on_the_card_of_who_wrote_it_alone()
    {
        var (writer, company) = (await _caller.OrdinaryUserAsync(), await ScalarAsync<long>("select max(customer_id) from customer_values where scope = 1"));
        using var written = await _caller.SendAsync(HttpMethod.Post, $"api/cards/companies/{company}/remarks", writer, new { text = "Не та сумма" });
        written.EnsureSuccessStatusCode();
        var own = await _caller.CardAsync($"companies/{company}", writer);
        var anothers = await _caller.CardAsync($"companies/{company}");

        Assert.That(own.GetProperty("remark").ValueKind, Is.EqualTo(JsonValueKind.Object));
        Assert.That(anothers.TryGetProperty("remark", out var shown) && shown.ValueKind == JsonValueKind.Object, Is.False);
    }

    [Test]
    public async Task Answer_that_the_administrator_wrote_anew_is_on_the_card()
    {
        var (writer, company) = (await _caller.OrdinaryUserAsync(), await ScalarAsync<long>("select customer_id from customer_values where scope = 1 order by customer_id offset 2 limit 1"));
        using var written = await _caller.SendAsync(HttpMethod.Post, $"api/cards/companies/{company}/remarks", writer, new { text = "Не та сумма" });
        written.EnsureSuccessStatusCode();
        await using var connection = await _server.Database.OpenConnectionAsync();

        Assert.That(await AnswerAsync("Исправил"), Is.EqualTo("Исправил"));
        Assert.That(await AnswerAsync("Исправил, проверьте"), Is.EqualTo("Исправил, проверьте"));

        async Task<string?> AnswerAsync(string words)
        {
            await connection.ExecuteAsync("update remarks set resolved_at = coalesce(resolved_at, now()), resolved_by = 1, answer = @words where customer_id = @company", new { words, company });
            return (await _caller.CardAsync($"companies/{company}", writer)).GetProperty("remark").GetProperty("answer").GetString();
        }
    }

    [Test]
    public async Task Remark_that_is_written_while_the_card_is_read_is_on_the_card_of_who_wrote_it_alone()
    {
        var users = await _caller.OrdinaryUsersAsync();
        var company = await ScalarAsync<long>("select customer_id from customer_values where scope = 1 order by customer_id offset 1 limit 1");
        var (writer, colleague, card) = (users[0], users[1], $"companies/{company}");
        await using var holder = await _server.Database.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        // The leads of a card are read after its version and before its remark.
        await holder.ExecuteAsync("lock table lead_verdicts in access exclusive mode", transaction: transaction);
        var reading = _caller.CardAsync(card, writer);
        await UntilAsync("select exists (select from pg_locks where not granted and relation = 'lead_verdicts'::regclass)");
        using var written = await _caller.SendAsync(HttpMethod.Post, $"api/cards/{card}/remarks", writer, new { text = "Не та сумма" });
        written.EnsureSuccessStatusCode();
        await transaction.CommitAsync();

        Assert.That((await reading).GetProperty("remark").ValueKind, Is.EqualTo(JsonValueKind.Object), "the remark came in between");
        Assert.That((await _caller.CardAsync(card, colleague)).GetProperty("remark").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((await _caller.CardAsync(card, writer)).GetProperty("remark").ValueKind, Is.EqualTo(JsonValueKind.Object));
    }

    [Test]
    public async Task User_whom_the_CRM_hides_the_company_from_is_refused_even_with_its_version()
    {
        using var first = await AskAsync();
        var user = await _caller.OrdinaryUserAsync();
        using var done = await _server.Crm.PostAsJsonAsync($"sandbox/users/{user}/deny", new { entity = "companies", id = _company });
        done.EnsureSuccessStatusCode();
        using var answer = await _caller.SendAsync(HttpMethod.Get, $"api/cards/companies/{_company}", user, known: first.Headers.ETag!.Tag);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private Task<HttpResponseMessage> AskAsync(string? known = null, long? company = null) =>
        _caller.SendAsync(HttpMethod.Get, $"api/cards/companies/{company ?? _company}", known: known);

    private static string? Connection(JsonElement card) => card.GetProperty("freshness").GetProperty("connection").GetString();

    private async Task UntilAsync(string sql)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await ScalarAsync<bool>(sql))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(30)), sql);
            await Task.Delay(20);
        }
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
