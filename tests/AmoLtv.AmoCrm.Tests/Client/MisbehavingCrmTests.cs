using System.Globalization;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using Microsoft.AspNetCore.Http;

namespace AmoLtv.AmoCrm.Tests.Client;

/// <summary>What the client does with a CRM that answers amiss.</summary>
[TestFixture, Parallelizable(ParallelScope.All), Category("Slow")]
public sealed class MisbehavingCrmTests
{
    private static readonly HashSet<FieldId> NoFields = [];

    [TestCase("header")]
    [TestCase("body")]
    public async Task Call_goes_again_after_the_pause_the_CRM_asked_for_and_nothing_goes_meanwhile(string place)
    {
        var times = new List<long>();
        await using var crm = await ScriptedCrm.StartAsync(http =>
        {
            lock (times)
            {
                times.Add(TimeProvider.System.GetTimestamp());
            }

            if (times.Count > 1)
            {
                return ScriptedCrm.JsonAsync(http, """{"id":1}""");
            }

            if (place == "header")
            {
                http.Response.Headers.RetryAfter = "2";
                return ScriptedCrm.HtmlAsync(http, 429);
            }

            return ScriptedCrm.JsonAsync(http, """{"status":429,"retry_after":2}""", 429);
        });

        var first = crm.Client.GetLeadAsync(new LeadId(1), NoFields, contextUser: null, CancellationToken.None);
        await Task.WhenAny(first, Task.Delay(300));
        var second = crm.Client.GetLeadAsync(new LeadId(2), NoFields, contextUser: null, CancellationToken.None);
        await Task.WhenAll(Quiet(first), Quiet(second));

        Assert.That(times.Skip(1).Select(time => TimeProvider.System.GetElapsedTime(times[0], time).TotalSeconds), Has.All.GreaterThanOrEqualTo(1.9));
    }

    [Test]
    public async Task Rest_of_minutes_holds_the_account_back_and_is_not_waited_for()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.JsonAsync(http, """{"status":429,"detail":"Slow down","retry_after":300}""", 429));

        Assert.That(() => crm.Client.GetPipelinesAsync(CancellationToken.None), Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.Throttled));
        Assert.That(
            () => crm.Client.GetAccountAsync(CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Message.Contains("held back since").And.Message.Contains("Slow down"));
        Assert.That(crm.Asked, Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(30_000)]
    public async Task Token_answer_that_stalls_after_its_headers_counts_as_lost_in_the_time_of_an_attempt(CancellationToken cancellationToken)
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.StallAsync(http, 200));
        var integration = new CrmIntegration("client", "secret", new Uri("https://ltv.example.com/oauth/callback"));

        Assert.That(
            () => crm.Tokens.RefreshAsync(integration, crm.Address, "refresh", cancellationToken),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.Timeout));
    }

    [TestCase(401, CrmFailure.Unauthorized), CancelAfter(30_000)]
    [TestCase(404, CrmFailure.NotFound)]
    public async Task Error_whose_words_stall_is_that_error_without_its_words(int status, CrmFailure failure, CancellationToken cancellationToken)
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.StallAsync(http, status));

        Assert.That(
            () => crm.Client.GetPipelinesAsync(cancellationToken),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(failure));
    }

    [Test]
    public async Task Block_is_found_out_by_one_question_and_nothing_is_asked_after_that()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.HtmlAsync(http, 403));

        for (var call = 0; call < 5; call++)
        {
            Assert.That(
                () => crm.Client.GetPipelinesAsync(CancellationToken.None),
                Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.Blocked));
        }

        Assert.That(crm.Asked, Is.EqualTo(["GET /api/v4/leads/pipelines", "GET /api/v4/account"]));
    }

    [Test]
    public async Task Right_that_is_missing_for_one_list_holds_nothing_back()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => http.Request.Path == "/api/v4/users"
            ? ScriptedCrm.JsonAsync(http, """{"status":403,"detail":"Forbidden"}""", 403)
            : http.Request.Path == "/api/v4/account" ? ScriptedCrm.JsonAsync(http, """{"id":1}""")
            : ScriptedCrm.JsonAsync(http, """{"_embedded":{"pipelines":[]}}"""));

        Assert.That(
            () => crm.Client.GetUsersAsync(CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.Forbidden));
        Assert.That(await crm.Client.GetPipelinesAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task Feature_that_the_plan_lacks_is_not_an_unpaid_account()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => http.Request.Path == "/api/v4/account"
            ? ScriptedCrm.JsonAsync(http, """{"id":1}""")
            : ScriptedCrm.JsonAsync(http, """{"status":402,"detail":"Not in the plan"}""", 402));

        for (var call = 0; call < 3; call++)
        {
            Assert.That(
                () => crm.Client.GetLossReasonsAsync(CancellationToken.None),
                Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.PaymentRequired));
        }

        Assert.That(crm.Count("/api/v4/loss_reasons") + crm.Count("/loss_reasons"), Is.GreaterThanOrEqualTo(3));
        Assert.That(crm.Count("/api/v4/account"), Is.EqualTo(1));
    }

    [Test]
    public async Task Unpaid_account_is_held_back_with_the_words_of_the_CRM()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.JsonAsync(http, """{"status":402,"detail":"Account is not paid"}""", 402));

        Assert.That(() => crm.Client.GetPipelinesAsync(CancellationToken.None), Throws.TypeOf<CrmException>());
        Assert.That(
            () => crm.Client.GetPipelinesAsync(CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.PaymentRequired)
                .And.Message.Contains("held back since").And.Message.Contains("must be paid"));
        Assert.That(crm.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Page_that_is_too_large_is_read_in_parts_and_so_are_those_after_it()
    {
        const int leads = 600;
        await using var crm = await ScriptedCrm.StartAsync(http =>
        {
            var limit = int.Parse(http.Request.Query["limit"]!, CultureInfo.InvariantCulture);
            var page = int.Parse(http.Request.Query["page"]!, CultureInfo.InvariantCulture);
            return limit > 50
                ? ScriptedCrm.HtmlAsync(http, 504)
                : ScriptedCrm.LeadsAsync(http, Enumerable.Range(((page - 1) * limit) + 1, Math.Clamp(leads - ((page - 1) * limit), 0, limit)), page * limit < leads ? "?page=" + (page + 1) : null);
        });

        var (ids, numbers) = await ReadAsync(crm);

        Assert.That(ids, Is.EqualTo(Enumerable.Range(1, leads)));
        Assert.That(numbers, Is.EqualTo([1, 2, 3]));
        Assert.That(crm.Count("limit=250"), Is.EqualTo(2), "Asked once more, then never again.");
    }

    [Test]
    public async Task Page_that_comes_twice_is_asked_for_again()
    {
        var asked = 0;
        await using var crm = await ScriptedCrm.StartAsync(http =>
        {
            var page = int.Parse(http.Request.Query["page"]!, CultureInfo.InvariantCulture);
            var given = page == 2 && Interlocked.Increment(ref asked) == 1 ? 1 : page;
            return ScriptedCrm.LeadsAsync(http, Enumerable.Range(given * 10, given > 3 ? 0 : 10), page < 3 ? "?page=9" : null);
        });

        var (ids, _) = await ReadAsync(crm);

        Assert.That(ids, Is.EqualTo(Enumerable.Range(10, 30)));
    }

    [Test]
    public async Task Page_that_comes_again_and_again_is_a_failure_with_its_number()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.LeadsAsync(http, Enumerable.Range(1, 10), "?page=2"));

        Assert.That(() => ReadAsync(crm), Throws.TypeOf<CrmException>().With.Message.Contains("Reading page 2"));
    }

    [TestCase("https://evil.example/api/v4/leads?page=2")]
    [TestCase("//evil.example/api/v4/leads?page=2")]
    [TestCase("http://127.0.0.1:1/api/v4/leads?page=2")]
    public async Task Link_to_another_host_is_refused(string next)
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.LeadsAsync(http, [1], next));

        Assert.That(() => ReadAsync(crm), Throws.TypeOf<CrmException>().With.Message.Contains("another host"));
    }

    [Test]
    public async Task Token_does_not_follow_a_redirect()
    {
        await using var elsewhere = await ScriptedCrm.StartAsync(http => ScriptedCrm.JsonAsync(http, """{"id":1}"""));
        await using var crm = await ScriptedCrm.StartAsync(http =>
        {
            http.Response.Redirect(new Uri(elsewhere.Address, "/api/v4/account").ToString());
            return Task.CompletedTask;
        });

        Assert.That(
            () => crm.Client.GetAccountAsync(CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.Unexpected));
        Assert.That(elsewhere.Asked, Is.Empty);
    }

    [TestCase(1, true)]
    [TestCase(10, false)]
    public async Task Answer_cut_off_is_asked_for_again_and_then_a_failure(int cuts, bool succeeds)
    {
        var asked = 0;
        await using var crm = await ScriptedCrm.StartAsync(async http =>
        {
            if (Interlocked.Increment(ref asked) > cuts)
            {
                await ScriptedCrm.JsonAsync(http, """{"_embedded":{"pipelines":[]}}""");
                return;
            }

            http.Response.ContentType = "application/hal+json";
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("""{"_embedded":{"pipel""");
            // The server closes the connection when it finds less than it was promised.
        });

        if (succeeds)
        {
            Assert.That(await crm.Client.GetPipelinesAsync(CancellationToken.None), Is.Empty);
        }
        else
        {
            Assert.That(
                () => crm.Client.GetPipelinesAsync(CancellationToken.None),
                Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.UnreadableAnswer));
            Assert.That(asked, Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Batch_that_is_too_large_is_its_callers_to_halve()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.HtmlAsync(http, 504));

        Assert.That(
            () => crm.Client.UpdateFieldsAsync(EntityType.Company, [new FieldUpdate(1, [])], CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.GatewayTimeout));
        Assert.That(crm.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Every_attempt_is_logged_with_its_number_and_without_the_token()
    {
        var asked = 0;
        await using var crm = await ScriptedCrm.StartAsync(http =>
        {
            http.Response.Headers["X-Request-Id"] = "r" + ++asked;
            return asked == 1 ? ScriptedCrm.HtmlAsync(http, 500) : ScriptedCrm.JsonAsync(http, """{"_embedded":{"pipelines":[]}}""");
        });

        await crm.Client.GetPipelinesAsync(CancellationToken.None);

        Assert.That(
            crm.Log.All.Select(line => (line.Method, line.Path, line.Status, line.RequestId, line.Attempt)),
            Is.EqualTo(new (string, string, int?, string?, int)[] { ("GET", "/api/v4/leads/pipelines", 500, "r1", 1), ("GET", "/api/v4/leads/pipelines", 200, "r2", 2) }));
        Assert.That(string.Concat(crm.Log.All), Does.Not.Contain("token"));
    }

    private static async Task<(List<int> Ids, List<int> Numbers)> ReadAsync(ScriptedCrm crm)
    {
        var (ids, numbers) = (new List<int>(), new List<int>());
        await foreach (var page in crm.Client.ReadLeadsAsync(NoFields, 1, CancellationToken.None))
        {
            ids.AddRange(page.Rows.Select(row => (int)row.Id.Value));
            numbers.Add(page.Number);
        }

        return (ids, numbers);
    }

    private static Task Quiet(Task task) => task.ContinueWith(_ => { }, TaskScheduler.Default);
}
