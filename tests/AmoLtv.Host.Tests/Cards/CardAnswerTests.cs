using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Host.Cards;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Cards;

/// <summary>What a card holds beside its number, and remarks about it: real requests, real tables.</summary>
[TestFixture]
public sealed class CardAnswerTests
{
    private HostServer _server = null!;
    private CardCaller _caller = null!;
    private long _company;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 40, Leads = 400, Seed = 3 });
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        _caller = new CardCaller(_server);
        _company = await ScalarAsync<long>("select customer_id from customer_values where scope = 1 order by purchases desc, customer_id limit 1");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Forecast_of_the_card_is_the_stored_one()
    {
        var card = await _caller.CardAsync($"companies/{_company}");
        var stored = await RowAsync("select expected_value, value_low, value_high, repeat_probability from customer_values where scope = 1 and customer_id = @id");

        var forecast = card.GetProperty("forecast");
        Assert.That(forecast.GetProperty("months").GetInt32(), Is.EqualTo(12));
        Assert.That(forecast.GetProperty("value").GetDecimal(), Is.EqualTo(stored["expected_value"]));
        Assert.That(forecast.GetProperty("low").GetDecimal(), Is.EqualTo(stored["value_low"]));
        Assert.That(forecast.GetProperty("high").GetDecimal(), Is.EqualTo(stored["value_high"]));
        Assert.That(forecast.GetProperty("repeatProbability").GetDouble(), Is.EqualTo(stored["repeat_probability"]));
        Assert.That(card.GetProperty("noForecast").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(card.GetProperty("lifecycle").GetProperty("state").GetString(), Is.AnyOf("new", "active", "slipping", "dormant", "lost"));
    }

    [Test]
    public async Task Line_of_history_rises_by_day_and_ends_at_what_was_bought()
    {
        var card = await _caller.CardAsync($"companies/{_company}");

        var days = card.GetProperty("history").EnumerateArray().Select(point => point.GetProperty("day").GetDateTime()).ToList();
        Assert.That(days, Is.Not.Empty.And.Ordered);
        Assert.That(
            card.GetProperty("history").EnumerateArray().Last().GetProperty("value").GetDecimal(), Is.EqualTo(card.GetProperty("bought").GetProperty("value").GetDecimal()));
    }

    [Test]
    public async Task Every_lead_of_the_company_is_counted_or_says_why_not()
    {
        var leads = (await _caller.CardAsync($"companies/{_company}")).GetProperty("leads");
        var total = await ScalarAsync<int>("select count(*)::int from lead_verdicts where company_id = @id");
        var counted = await ScalarAsync<int>("select count(*)::int from lead_verdicts where company_id = @id and reason is null");

        Assert.That(leads.GetProperty("counted").GetProperty("total").GetInt32(), Is.EqualTo(counted));
        Assert.That(leads.GetProperty("excluded").GetProperty("total").GetInt32(), Is.EqualTo(total - counted));
        Assert.That(leads.GetProperty("counted").GetProperty("items").GetArrayLength(), Is.EqualTo(Math.Min(counted, CardLeadStore.First)));
        Assert.That(leads.GetProperty("excluded").GetProperty("items").EnumerateArray().All(lead => lead.GetProperty("reason").GetString() is { Length: > 0 }), Is.True);
    }

    [Test]
    public async Task Leads_beyond_the_first_are_paged_without_gap_or_repetition([Values] bool counted)
    {
        var part = (await _caller.CardAsync($"companies/{_company}")).GetProperty("leads").GetProperty(counted ? "counted" : "excluded");
        var ids = part.GetProperty("items").EnumerateArray().Select(lead => lead.GetProperty("id").GetInt64()).ToList();
        using var answer = await _caller.SendAsync(HttpMethod.Get, $"api/cards/companies/{_company}/leads?counted={counted}&skip={ids.Count}");
        var rest = await answer.Content.ReadFromJsonAsync<JsonElement>();
        ids.AddRange(rest.GetProperty("items").EnumerateArray().Select(lead => lead.GetProperty("id").GetInt64()));

        Assert.That(ids, Is.Unique.And.Count.EqualTo(part.GetProperty("total").GetInt32()));
    }

    [Test]
    public async Task Client_that_was_valued_once_has_no_change_to_show()
    {
        var card = await _caller.CardAsync($"companies/{_company}");

        Assert.That(card.GetProperty("change").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Numbers_are_named_by_the_settings_they_were_made_with_until_they_are_made_anew()
    {
        var saved = await _server.Services.GetRequiredService<SettingsStore>().ChangeAsync(
            _server.Account, settings => settings with { PeriodMonths = 24, HorizonMonths = 6 }, "a test", null, CancellationToken.None);
        var before = await _caller.CardAsync($"companies/{_company}");
        await MadeWithAsync(saved.Version);
        var after = await _caller.CardAsync($"companies/{_company}");
        await MadeWithAsync(0);

        Assert.That((Period(before), Horizon(before)), Is.EqualTo(((int?)null, 12)));
        Assert.That((Period(after), Horizon(after)), Is.EqualTo(((int?)24, 6)));

        static int? Period(JsonElement card) => card.GetProperty("bought").GetProperty("periodMonths") is { ValueKind: JsonValueKind.Number } months ? months.GetInt32() : null;

        static int Horizon(JsonElement card) => card.GetProperty("forecast").GetProperty("months").GetInt32();
    }

    [Test]
    public async Task Analytics_are_offered_to_administrators_alone()
    {
        var admin = await _caller.CardAsync($"companies/{_company}");
        var other = await _caller.CardAsync($"companies/{_company}", await _caller.OrdinaryUserAsync());

        Assert.That(admin.GetProperty("mayOpenAnalytics").GetBoolean(), Is.True);
        Assert.That(other.GetProperty("mayOpenAnalytics").GetBoolean(), Is.False);
        Assert.That(admin.GetProperty("version").GetString(), Is.Not.EqualTo(other.GetProperty("version").GetString()));
    }

    [Test]
    public async Task Remark_reaches_the_inbox_with_its_number_and_its_answer_comes_back_to_the_card()
    {
        var user = await _caller.OrdinaryUserAsync();
        var before = await _caller.CardAsync($"companies/{_company}", user);
        using var sent = await WriteAsync("  Сделка № 5 не наша  ", user);
        var (inbox, remark) = await InboxAsync("open", "Сделка № 5 не наша");

        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(inbox.GetProperty("open").GetInt32(), Is.GreaterThan(0));
        Assert.That(remark.GetProperty("entity").GetString(), Is.EqualTo("companies"));
        Assert.That(remark.GetProperty("entityId").GetInt64(), Is.EqualTo(_company));
        Assert.That(remark.GetProperty("userId").GetInt64(), Is.EqualTo(user));
        Assert.That(remark.GetProperty("ltvThen").GetDecimal(), Is.EqualTo(before.GetProperty("ltv").GetProperty("value").GetDecimal()));

        using var resolved = await _caller.SendAsync(
            HttpMethod.Post, $"api/remarks/{remark.GetProperty("id").GetInt64()}/resolution", body: new { answer = "Исключили" });
        var after = await _caller.CardAsync($"companies/{_company}", user);

        Assert.That(resolved.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(after.GetProperty("remark").GetProperty("answer").GetString(), Is.EqualTo("Исключили"));
        Assert.That(after.GetProperty("version").GetString(), Is.Not.EqualTo(before.GetProperty("version").GetString()));
        Assert.That((await InboxAsync("open", "Сделка № 5 не наша")).Remark.ValueKind, Is.EqualTo(JsonValueKind.Undefined));
        Assert.That((await InboxAsync("resolved", "Сделка № 5 не наша")).Remark.ValueKind, Is.EqualTo(JsonValueKind.Object));
    }

    [Test]
    public async Task Remark_without_words_or_with_too_many_is_refused([Values(0, NewRemark.MaxLength + 1)] int length)
    {
        using var answer = await WriteAsync(length == 0 ? "   " : new string('a', length), _caller.Owner);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task User_who_writes_remark_after_remark_is_stopped()
    {
        var user = await ScalarAsync<long>("select max(user_id) from users where is_active");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= RemarkStore.MostAnHour; i++)
        {
            using var answer = await WriteAsync($"remark {i}", user);
            answers.Add(answer.StatusCode);
        }

        Assert.That(answers.SkipLast(1), Is.All.EqualTo(HttpStatusCode.Created));
        Assert.That(answers[^1], Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Remark_about_a_company_that_the_user_may_not_see_is_refused()
    {
        using var answer = await _caller.SendAsync(HttpMethod.Post, "api/cards/companies/999999999/remarks", body: new { text = "?" });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Inbox_is_for_administrators()
    {
        var user = await _caller.OrdinaryUserAsync();
        using var list = await _caller.SendAsync(HttpMethod.Get, "api/remarks", user);
        using var resolution = await _caller.SendAsync(HttpMethod.Post, "api/remarks/1/resolution", user, new { });

        Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(resolution.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Resolving_a_remark_that_is_not_there_says_so()
    {
        using var answer = await _caller.SendAsync(HttpMethod.Post, "api/remarks/999999/resolution", body: new { });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private Task<HttpResponseMessage> WriteAsync(string text, long user) =>
        _caller.SendAsync(HttpMethod.Post, $"api/cards/companies/{_company}/remarks", user, new { text });

    /// <summary>The inbox, and the remark of this text in it; an undefined element where it is not there.</summary>
    private async Task<(JsonElement Inbox, JsonElement Remark)> InboxAsync(string state, string text)
    {
        using var answer = await _caller.SendAsync(HttpMethod.Get, $"api/remarks?state={state}");
        answer.EnsureSuccessStatusCode();
        var inbox = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (inbox, inbox.GetProperty("items").EnumerateArray().FirstOrDefault(remark => remark.GetProperty("text").GetString() == text));
    }

    private async Task MadeWithAsync(int version)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "update account_values set settings_version = @version, calculated_at = calculated_at + interval '1 second'", new { version });
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { id = _company }))!;
    }

    private async Task<IDictionary<string, object>> RowAsync(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return (IDictionary<string, object>)await connection.QuerySingleAsync(sql, new { id = _company });
    }
}
