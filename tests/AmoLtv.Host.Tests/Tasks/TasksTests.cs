using System.Net.Http.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tasks;
using AmoLtv.Host.Tests.WritingBack;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;

namespace AmoLtv.Host.Tests.Tasks;

/// <summary>Clients' moves become tasks of a real sandbox, each once, and their outcome is read back.</summary>
[TestFixture, Category("Slow")]
public sealed class TasksTests
{
    /// <summary>More than any other client is worth: whoever buys for it is in the top tier.</summary>
    private const int Fortune = 900_000_000;

    private WrittenAccount _account = null!;

    [SetUp]
    public async Task StartAsync() => _account = await WrittenAccount.CreateAsync(new SandboxOptions { Companies = 40, Leads = 300, Months = 6 });

    [TearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public async Task Account_that_does_not_want_tasks_gets_none()
    {
        await BuyAsync((await PoorAsync())[0], Fortune);

        var night = await _account.Server.RunAsync([.. RunSteps.All]);

        Assert.That(Step(night)["isEnabled"], Is.Zero);
        Assert.That(InCrm(), Is.Empty);
    }

    [Test]
    public async Task Client_that_rises_into_the_top_tier_becomes_one_task_of_its_responsible_user()
    {
        await WantAsync(new TaskSettings(IsEnabled: true, OnSlipping: false));
        var company = (await PoorAsync())[0];
        await BuyAsync(company, Fortune);

        var night = await _account.Server.RunAsync([.. RunSteps.All]);
        var repeated = await _account.Server.RunAsync([.. RunSteps.All]);

        var task = InCrm().Single(task => task.EntityId == company);
        var responsible = await _account.QueryAsync<long>("select responsible_user_id from companies where company_id = @company", new { company });
        Assert.That((task.Entity, task.ResponsibleUserId, task.IsCompleted), Is.EqualTo(((EntityKind?)EntityKind.Companies, responsible, false)));
        Assert.That(task.Text, Does.StartWith("Клиент перешёл из группы").And.Match("LTV-[0-9A-F]{8}"));
        Assert.That(task.CompleteTill, Is.GreaterThan(task.CreatedAt));
        Assert.That(Step(night)["created"], Is.EqualTo(InCrm().Count).And.EqualTo(Step(night)["reasons"]));
        Assert.That((Step(repeated)["reasons"], Step(repeated)["created"]), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public async Task What_moved_before_tasks_were_wanted_is_no_news()
    {
        await BuyAsync((await PoorAsync())[0], Fortune);
        await _account.Server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        await WantAsync(new TaskSettings(IsEnabled: true));

        await _account.Server.RunAsync(RunSteps.Tasks);

        Assert.That(InCrm(), Is.Empty);
    }

    [Test]
    public async Task Tasks_beyond_the_daily_cap_wait_for_the_next_day_and_the_most_valuable_go_first()
    {
        await WantAsync(new TaskSettings(IsEnabled: true, DailyCap: 1, TopTiers: 2, OnSlipping: false));
        var poor = await PoorAsync();
        await BuyAsync(poor[0], Fortune);
        await BuyAsync(poor[1], 2 * Fortune);

        var first = await _account.Server.RunAsync([.. RunSteps.All]);
        await _account.Server.RunAsync([.. RunSteps.All]);
        Assert.That(InCrm().Select(task => task.EntityId), Is.EqualTo(new long?[] { poor[1] }), "One a day, however many runs there are.");

        await ExecuteAsync("update customer_tasks set sent_at = sent_at - interval '1 day' where sent_at is not null");
        await _account.Server.RunAsync([.. RunSteps.All]);

        Assert.That(Step(first)["reasons"], Is.GreaterThan(1));
        Assert.That(InCrm().OrderBy(task => task.Id).Select(task => task.EntityId), Is.EqualTo(new long?[] { poor[1], poor[0] }));
    }

    [Test]
    public async Task Reason_that_is_gone_before_its_turn_comes_makes_no_task()
    {
        await WantAsync(new TaskSettings(IsEnabled: true, DailyCap: 1, TopTiers: 2, OnSlipping: false));
        var poor = await PoorAsync();
        await BuyAsync(poor[0], Fortune);
        await BuyAsync(poor[1], 2 * Fortune);
        await _account.Server.RunAsync([.. RunSteps.All]);
        using (var deleted = await _account.Server.Crm.DeleteAsync($"sandbox/companies/{poor[0]}"))
        {
            deleted.EnsureSuccessStatusCode();
        }

        await ExecuteAsync("update customer_tasks set sent_at = sent_at - interval '1 day' where sent_at is not null");
        await _account.Server.RunAsync([.. RunSteps.All]);

        Assert.That(InCrm().Select(task => task.EntityId), Does.Not.Contain(poor[0]));
        Assert.That(await _account.QueryAsync<string>("select status from customer_tasks where customer_id = @Id", new { Id = poor[0] }), Is.EqualTo("dropped"));
    }

    [Test]
    public async Task Valuable_client_that_falls_silent_becomes_a_task()
    {
        await WantAsync(new TaskSettings(IsEnabled: true, DailyCap: 1000, TopTiers: 6, OnTier: false));
        var before = await StatesAsync();
        var silent = new RunRequest(RunCause.Command, [RunSteps.Recalculate, RunSteps.Tasks], (await LastPurchaseAsync()).AddDays(75), TimeSpan.Zero);

        var night = await _account.Get<AccountRunner>().RunAsync(_account.Server.Account, silent, null, CancellationToken.None);

        var now = await StatesAsync();
        var slipped = now.Where(one => one.Value is "slipping" or "dormant" && before[one.Key] is "new" or "active").Select(one => (long?)one.Key).ToList();
        Assert.That(night.Error, Is.Null);
        Assert.That(slipped, Is.Not.Empty);
        Assert.That(InCrm().Select(task => task.EntityId), Is.EquivalentTo(slipped));
        Assert.That(InCrm().Select(task => task.Text), Has.All.StartsWith("Ценный клиент уходит"));
    }

    [TestCase("lost", Description = "carried out, the answer never came")]
    [TestCase("truncated")]
    [TestCase("reset", Description = "never arrived")]
    [TestCase("500")]
    [TestCase("402")]
    public async Task Task_whose_creation_was_not_answered_is_looked_for_before_it_is_sent_again(string fault)
    {
        await WantAsync(new TaskSettings(IsEnabled: true, OnSlipping: false));
        var company = (await PoorAsync())[0];
        await BuyAsync(company, Fortune);
        using (var ordered = await _account.Server.Crm.PostAsJsonAsync("sandbox/faults", new { path = "/api/v4/tasks", method = "POST", kind = fault, count = 1 }))
        {
            ordered.EnsureSuccessStatusCode();
        }

        var cut = await _account.Get<AccountRunner>().RunAsync(
            _account.Server.Account, new RunRequest(RunCause.Night, RunSteps.All, null, TimeSpan.Zero), null, CancellationToken.None);
        await _account.Server.RunAsync(RunSteps.Tasks);

        Assert.That(cut.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(cut.Steps.Select(step => step.Key), Does.Contain(RunSteps.Analyse), "Analyses do not need tasks.");
        await AssertEachIsKnownOnceAsync(company);
    }

    [Test]
    public async Task Task_that_was_created_before_the_process_was_killed_is_found_again()
    {
        await WantAsync(new TaskSettings(IsEnabled: true, OnSlipping: false));
        var company = (await PoorAsync())[0];
        await BuyAsync(company, Fortune);
        await _account.Server.RunAsync([.. RunSteps.All]);
        // What stands in the database when the answer could not be stored any more.
        await ExecuteAsync("update customer_tasks set status = 'sending', task_id = null, outcome = null");

        await _account.Server.RunAsync([.. RunSteps.All]);

        await AssertEachIsKnownOnceAsync(company);
    }

    [Test]
    public async Task Task_the_CRM_refuses_does_not_keep_the_others_of_its_batch_from_being_created()
    {
        await WantAsync(new TaskSettings(IsEnabled: true, DailyCap: 1000, TopTiers: 2, OnSlipping: false));
        var poor = await PoorAsync();
        await BuyAsync(poor[0], Fortune);
        await BuyAsync(poor[1], 2 * Fortune);
        await _account.Server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        // Since the sync: its card is not known to be gone.
        using (var deleted = await _account.Server.Crm.DeleteAsync($"sandbox/companies/{poor[1]}"))
        {
            deleted.EnsureSuccessStatusCode();
        }

        var run = await _account.Server.RunAsync(RunSteps.Tasks);
        var next = await _account.Server.RunAsync(RunSteps.Tasks);

        Assert.That(InCrm().Select(task => task.EntityId), Does.Contain(poor[0]).And.Not.Contain(poor[1]));
        Assert.That((Step(run)["failed"], Step(next)["failed"], Step(next)["created"]), Is.EqualTo((1L, 0L, 0L)));
        await AssertEachIsKnownOnceAsync(poor[0]);
    }

    [Test]
    public async Task Outcome_of_a_task_is_read_back()
    {
        await WantAsync(new TaskSettings(IsEnabled: true, TopTiers: 2, OnSlipping: false));
        var poor = await PoorAsync();
        await BuyAsync(poor[0], Fortune);
        await BuyAsync(poor[1], 2 * Fortune);
        await _account.Server.RunAsync([.. RunSteps.All]);
        var (done, removed) = (InCrm().Single(task => task.EntityId == poor[0]).Id, InCrm().Single(task => task.EntityId == poor[1]).Id);

        using (var completed = await _account.Server.Crm.PostAsJsonAsync($"sandbox/tasks/{done}/complete", new { result = "Ordered again" }))
        using (var deleted = await _account.Server.Crm.DeleteAsync($"sandbox/tasks/{removed}"))
        {
            completed.EnsureSuccessStatusCode();
            deleted.EnsureSuccessStatusCode();
        }

        // Also when no further ones are wanted.
        await WantAsync(new TaskSettings());
        await _account.Server.RunAsync(RunSteps.Tasks);

        var outcomes = await OutcomesAsync();
        Assert.That(outcomes[done], Is.EqualTo(("completed", (string?)"Ordered again")));
        Assert.That(outcomes[removed], Is.EqualTo(("gone", (string?)null)));
        Assert.That(outcomes.Where(one => one.Key != done && one.Key != removed).Select(one => one.Value), Has.All.EqualTo(("open", (string?)null)));
        var totals = (await _account.Get<OutcomeStore>().TotalsAsync(_account.Server.Account, CancellationToken.None)).Single(total => total.Kind == "tierUp");
        Assert.That((totals.Completed, totals.Gone), Is.EqualTo((1L, 1L)));
    }

    private Task WantAsync(TaskSettings settings) => _account.Get<TaskSettingsStore>().SaveAsync(_account.Server.Account, settings, CancellationToken.None);

    /// <summary>Companies outside the two top tiers, the least valuable first.</summary>
    private async Task<IReadOnlyList<long>> PoorAsync()
    {
        await using var connection = await _account.Server.Database.OpenConnectionAsync();
        var poor = (await connection.QueryAsync<long>(
            "select customer_id from customer_values where scope = 1 and tier not in ('A', 'B') order by ltv, customer_id")).AsList();
        Assert.That(poor, Has.Count.AtLeast(2));
        return poor;
    }

    private async Task BuyAsync(long company, long price)
    {
        using var won = await _account.Server.Crm.PostAsJsonAsync("sandbox/leads", new { name = "A large order", price, company_id = company, status_id = Lead.Won });
        won.EnsureSuccessStatusCode();
    }

    private List<CrmTask> InCrm()
    {
        lock (_account.State.Gate)
        {
            return [.. _account.State.Tasks.All];
        }
    }

    /// <summary>No reason has two tasks, and each row knows the number of its own.</summary>
    private async Task AssertEachIsKnownOnceAsync(long company)
    {
        await using var connection = await _account.Server.Database.OpenConnectionAsync();
        var known = (await connection.QueryAsync<(long Card, long Task)>("select customer_id, task_id from customer_tasks where status = 'created'")).AsList();
        Assert.That(known.Select(row => row.Card), Does.Contain(company));
        Assert.That(InCrm().Select(task => (task.EntityId!.Value, task.Id)), Is.EquivalentTo(known));
    }

    private async Task<IReadOnlyDictionary<long, (string Outcome, string? Result)>> OutcomesAsync()
    {
        await using var connection = await _account.Server.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(long Task, string Outcome, string? Result)>("select task_id, outcome, result from customer_tasks where status = 'created'"))
            .ToDictionary(row => row.Task, row => (row.Outcome, row.Result));
    }

    private async Task<IReadOnlyDictionary<long, string?>> StatesAsync()
    {
        await using var connection = await _account.Server.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(long Id, string? State)>("select customer_id, lifecycle from customer_values where scope in (1, 3) and tier is not null"))
            .ToDictionary(row => row.Id, row => row.State);
    }

    private Task<DateOnly> LastPurchaseAsync() => _account.QueryAsync<DateOnly>("select max(last_purchase) from customer_values");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _account.Server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private static IReadOnlyDictionary<string, long> Step(RunOutcome night) => night.Steps.Single(step => step.Key == RunSteps.Tasks).Value;
}
