using System.Net;
using System.Text.Json.Nodes;
using AmoLtv.Host.WritingBack;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Settings;

/// <summary>How an account is written to is changed by one person at a time: fields, rate and language have one turn and one trace.</summary>
[TestFixture]
public sealed class WriteBackTurnTests
{
    private const string Path = "/write-back";

    private SettingsPage _page = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _page = await SettingsPage.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _page.DisposeAsync();

    [Test]
    public async Task Rate_waits_until_the_fields_are_changed_and_traced()
    {
        var (began, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var seen = await _page.SeenAsync(Path);
        var fields = _page.Server.Services.GetRequiredService<FieldTurn>().TakeAsync(
            _page.Server.Account,
            witness: null,
            async () =>
            {
                began.SetResult();
                await mayEnd.Task;
                return true;
            },
            CancellationToken.None);
        await began.Task;
        var rate = _page.SendAsync(HttpMethod.Put, Path + "/rate", new { cardsPerMinute = 7, minutesARun = 30, seen });

        await HostServer.EventuallyAsync(async () => await WaitingAsync() == 1);
        Assert.That(rate.IsCompleted, Is.False);
        mayEnd.SetResult();
        await fields;
        using var answer = await rate;

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Of_two_changes_at_once_the_second_is_told_and_the_trace_goes_on_from_one_to_the_next()
    {
        // Other than what is there, whoever won before: what changes nothing is in nobody's way.
        var (customers, language) = (new[] { "ltv", "tier" }, "en");
        for (var round = 1; round <= 4; round++)
        {
            var seen = await _page.SeenAsync(Path);
            var answers = await Task.WhenAll(
                _page.SendAsync(HttpMethod.Post, Path + "/enable", new { customers, leads = Array.Empty<string>(), seen }),
                _page.SendAsync(HttpMethod.Put, Path + "/rate", new { cardsPerMinute = 100 + round, minutesARun = 60, seen }),
                _page.SendAsync(HttpMethod.Put, Path + "/language", new { language, seen }));

            Assert.That(answers.Select(answer => answer.StatusCode), Is.EquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict]));
            var (isEnabled, isSpoken) = (answers[0].IsSuccessStatusCode, answers[2].IsSuccessStatusCode);
            customers = !isEnabled ? customers : customers.Length == 2 ? ["ltv"] : ["ltv", "tier"];
            language = !isSpoken ? language : language == "en" ? "ru" : "en";
            Array.ForEach(answers, answer => answer.Dispose());
        }

        await using var connection = await _page.OpenAsync();
        var trail = (await connection.QueryAsync<(string Before, string After)>(
            "select before::text, after::text from settings_trail where area = 'writeBack' order by entry_id")).AsList();
        Assert.That(trail, Has.Count.GreaterThanOrEqualTo(4));
        foreach (var (one, next) in trail.Zip(trail.Skip(1)))
        {
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(next.Before), JsonNode.Parse(one.After)), Is.True, $"{one.After} is followed by {next.Before}");
        }
    }

    private async Task<int> WaitingAsync()
    {
        await using var connection = await _page.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())");
    }
}
