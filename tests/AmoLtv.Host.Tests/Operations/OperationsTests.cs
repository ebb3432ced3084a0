using System.Net;
using System.Text.Json;
using AmoLtv.Host.Sheets;
using AmoLtv.Host.Tests.Callers;
using AmoLtv.Host.Tests.WritingBack;
using AmoLtv.Host.WritingBack;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Operations;

/// <summary>What an administrator asks of the service by its pages, against a real server, database and sandbox.</summary>
[TestFixture, Category("Slow")]
public sealed class OperationsTests
{
    private OperatedAccount _account = null!;

    [SetUp]
    public async Task StartAsync() => _account = await OperatedAccount.CreateAsync();

    [TearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public async Task Run_that_is_asked_for_twice_is_done_once_and_names_who_asked()
    {
        var first = await _account.AskAsync("recalculate");
        var second = await _account.AskAsync("recalculate");

        var run = await _account.OverAsync(await _account.BegunAsync(first.GetProperty("id").GetInt64()));

        Assert.That(second.GetProperty("id").GetInt64(), Is.EqualTo(first.GetProperty("id").GetInt64()));
        Assert.That(run.GetProperty("status").GetString(), Is.EqualTo("finished"), run.GetRawText());
        Assert.That(run.GetProperty("cause").GetString(), Is.EqualTo("manual"));
        Assert.That(run.GetProperty("askedBy").GetInt64(), Is.EqualTo(PageSession.Admin(_account.Server).Id));
        Assert.That(run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("status").GetString()), Is.All.EqualTo("finished"));
        Assert.That(await _account.Written.QueryAsync<long>("select count(*) from runs where cause = 'manual'"), Is.EqualTo(1));
        await HostServer.EventuallyAsync(async () => (await _account.GetAsync("queue")).GetProperty("requests").GetArrayLength() == 0);
    }

    [Test]
    public async Task Dry_run_lists_what_it_would_change_and_writes_nothing()
    {
        var (before, patched) = (await _account.Written.CardsAsync("companies"), await _account.Written.PatchedAsync());

        var run = await _account.DoAsync("preview");

        var id = run.GetProperty("id").GetInt64();
        var changes = await _account.GetAsync($"runs/{id}/changes?limit=3&status=previewed");
        Assert.That(changes.GetProperty("items").GetArrayLength(), Is.EqualTo(3));
        var rest = await _account.GetAsync($"runs/{id}/changes?limit=200&status=previewed&cursor={changes.GetProperty("next").GetString()}");
        var summary = (await _account.GetAsync($"runs/{id}/changes/summary")).EnumerateArray().Sum(group => group.GetProperty("fields").GetInt64());
        Assert.That(3 + rest.GetProperty("items").GetArrayLength(), Is.EqualTo(Math.Min(203, summary)));
        Assert.That((await _account.Written.CardsAsync("companies"), await _account.Written.PatchedAsync()), Is.EqualTo((before, patched)));
        using var sheet = await _account.SendAsync(HttpMethod.Get, $"runs/{id}/changes.csv?language=ru");
        var bytes = await sheet.Content.ReadAsByteArrayAsync();
        Assert.That(bytes.Take(3), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        Assert.That(System.Text.Encoding.UTF8.GetString(bytes).Count(sign => sign == '\n'), Is.EqualTo(summary + 1));
    }

    [Test]
    public async Task A_file_is_refused_while_as_many_are_loaded_as_may_be()
    {
        var id = (await _account.DoAsync("preview")).GetProperty("id").GetInt64();
        var slots = _account.Server.Services.GetRequiredService<ExportSlots>();
        List<System.Threading.RateLimiting.RateLimitLease> taken = [];
        do
        {
            taken.Add(slots.Take(_account.Server.Account));
        }
        while (taken[^1].IsAcquired);

        using var refused = await _account.SendAsync(HttpMethod.Get, $"runs/{id}/changes.csv");
        taken.ForEach(slot => slot.Dispose());
        for (var again = 0; again < 2 * taken.Count; again++)
        {
            using var given = await _account.SendAsync(HttpMethod.Get, $"runs/{id}/changes.csv");
            Assert.That(given.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a slot is given back with its file");
        }

        Assert.That((refused.StatusCode, (await PageSession.ReadAsync(refused)).GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.TooManyRequests, "tooManyExports")));
    }

    [Test]
    public async Task Undo_tells_what_it_will_restore_and_restores_it()
    {
        var before = await _account.Written.CardsAsync("companies");
        var written = await _account.DoAsync("writeBack");
        var id = written.GetProperty("id").GetInt64();
        Assert.That(written.GetProperty("canUndo").GetBoolean(), Is.True, written.GetRawText());
        Assert.That(await _account.Written.CardsAsync("companies"), Is.Not.EqualTo(before));

        var preview = await _account.GetAsync($"runs/{id}/undo");
        var undone = await _account.DoAsync("undo", id);

        var restored = undone.GetProperty("steps")[0].GetProperty("counts").GetProperty("fieldsRestored").GetInt64();
        Assert.That(preview.GetProperty("verdicts").GetProperty("restore").GetInt64(), Is.EqualTo(restored));
        Assert.That(await _account.Written.CardsAsync("companies"), Is.EqualTo(before));
        Assert.That((await _account.GetAsync($"runs/{id}")).GetProperty("undoneBy").GetInt64(), Is.EqualTo(undone.GetProperty("id").GetInt64()));
        Assert.That((await _account.GetAsync("queue")).GetProperty("pausedBy").GetInt64(), Is.EqualTo(undone.GetProperty("id").GetInt64()));
    }

    [Test]
    public async Task Write_back_that_is_cancelled_ends_where_it_is_and_the_next_one_leaves_the_fields_right()
    {
        await _account.Written.Get<WriteBackSettingsStore>().SetRateAsync(_account.Server.Account, 1, 1440, CancellationToken.None);
        var run = await _account.BegunAsync((await _account.AskAsync("writeBack")).GetProperty("id").GetInt64());
        await HostServer.EventuallyAsync(async () => await _account.Written.PatchedAsync() > 0);

        using (var cancelled = await _account.SendAsync(HttpMethod.Post, $"runs/{run}/cancel"))
        {
            Assert.That(cancelled.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        }

        var ended = await _account.OverAsync(run);
        Assert.That((ended.GetProperty("status").GetString(), ended.GetProperty("code").GetString()), Is.EqualTo(("cancelled", "cancelled")));
        using (var again = await _account.SendAsync(HttpMethod.Post, $"runs/{run}/cancel"))
        {
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        }

        await _account.Written.Get<WriteBackSettingsStore>().SetRateAsync(_account.Server.Account, null, 120, CancellationToken.None);
        Assert.That((await _account.DoAsync("writeBack")).GetProperty("status").GetString(), Is.EqualTo("finished"));
        Assert.That(await _account.Written.MismatchesAsync(), Is.Zero);
    }

    [Test]
    public async Task Stream_tells_the_steps_and_ends_with_the_run()
    {
        var run = await _account.BegunAsync((await _account.AskAsync("recalculate")).GetProperty("id").GetInt64());

        using var stream = await _account.SendAsync(HttpMethod.Get, $"runs/{run}/progress");

        Assert.That(stream.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/x-ndjson"));
        var lines = (await stream.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var last = JsonDocument.Parse(lines[^1]).RootElement;
        Assert.That(last.GetProperty("kind").GetString(), Is.EqualTo("end"));
        Assert.That(last.GetProperty("run").GetProperty("status").GetString(), Is.EqualTo("finished"));
    }

    [Test]
    public async Task Nobody_but_an_administrator_is_let_in_and_only_to_the_own_account()
    {
        var member = await PageSession.PageTokenAsync(_account.Server, PageSession.Colleague(_account.Server));
        using var refused = await PageSession.SendAsync(_account.Server, HttpMethod.Post, "api/operations/requests", member, new { kind = "recalculate" });
        using var nobody = await PageSession.SendAsync(_account.Server, HttpMethod.Get, "api/operations/runs");
        await using (var connection = await _account.Server.Database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into accounts (account_id, base_uri, brand) values (1, 'https://other.amocrm.ru', 'amocrm');
                insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value
                values (1, 999999, 0, 'night', '{sync}', 'running', now())
                """);
        }

        Assert.That((refused.StatusCode, nobody.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized)));
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "runs/999999"), (HttpMethod.Get, "runs/999999/progress"), (HttpMethod.Post, "runs/999999/cancel"),
            (HttpMethod.Get, "runs/999999/changes"), (HttpMethod.Get, "runs/999999/changes.csv"), (HttpMethod.Get, "runs/999999/undo"),
        })
        {
            using var answer = await _account.SendAsync(method, path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        using var undo = await _account.SendAsync(HttpMethod.Post, "requests", new { kind = "undo", undoes = 999999 });
        Assert.That(undo.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _account.Written.QueryAsync<bool>("select cancel_asked_at is null from runs where run_id = 999999"), Is.True);
    }

    [Test]
    public async Task Conflict_is_left_or_written_again_as_the_administrator_decides()
    {
        await using (var connection = await _account.Server.Database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into field_conflicts (account_id, entity_type, entity_id, field_id, seen, ours, theirs, seen_at)
                values (@Account, 3, 5, 6, 2, '10', '<img onerror=x>', now()), (@Account, 1, 7, 8, 1, null, 'x', now())
                """,
                new { Account = _account.Server.Account.Value });
        }

        var page = await _account.GetAsync("conflicts?limit=1");
        Assert.That(page.GetProperty("items")[0].GetProperty("card").GetString(), Is.EqualTo("company"));
        var next = await _account.GetAsync($"conflicts?limit=1&cursor={page.GetProperty("next").GetString()}");
        Assert.That(next.GetProperty("items")[0].GetProperty("id").GetInt64(), Is.EqualTo(7));
        using var left = await _account.SendAsync(HttpMethod.Post, "conflicts/company/5/6/leave");
        using var resumed = await _account.SendAsync(HttpMethod.Post, "conflicts/contact/7/8/resume");
        using var unknown = await _account.SendAsync(HttpMethod.Post, "conflicts/contact/7/8/resume");

        Assert.That((left.StatusCode, resumed.StatusCode, unknown.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
        var items = (await _account.GetAsync("conflicts")).GetProperty("items");
        Assert.That(items.GetArrayLength(), Is.EqualTo(1));
        Assert.That(items[0].GetProperty("stoppedAt").ValueKind, Is.EqualTo(JsonValueKind.String));
    }

    [Test]
    public async Task State_log_and_tasks_are_answered()
    {
        var queue = await _account.GetAsync("queue");
        var calls = (await _account.GetAsync("exchanges?status=ok&path=LEADS&limit=5")).GetProperty("items");
        var tasks = await _account.GetAsync("tasks/summary");

        Assert.That(queue.GetProperty("isWriteBackOn").GetBoolean(), Is.True);
        Assert.That(queue.GetProperty("nextNight").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That(calls.EnumerateArray().Select(call => call.GetProperty("path").GetString()), Is.All.Contain("leads"));
        Assert.That(tasks.GetProperty("isEnabled").GetBoolean(), Is.False);
        Assert.That((await _account.GetAsync("tasks?kind=slipping")).GetProperty("items").GetArrayLength(), Is.Zero);
    }
}
