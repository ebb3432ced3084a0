using System.Net.Http.Json;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Host.Tests.WritingBack;

/// <summary>Fields that somebody else deletes, retypes, writes into or offers, and numbers on leads.</summary>
[TestFixture, Category("Slow")]
public sealed class ForeignHandTests
{
    private WrittenAccount _account = null!;

    [SetUp]
    public async Task StartAsync() => _account = await WrittenAccount.CreateAsync();

    [TearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public async Task Field_deleted_since_the_sync_is_switched_off_told_once_and_made_again_by_enabling()
    {
        await _account.EnableAsync();
        var ltv = await _account.FieldAsync(EntityType.Company, "ltv");
        lock (_account.State.Gate)
        {
            _account.State.RemoveField(ltv);
        }

        var first = await _account.Server.RunInPartAsync(RunSteps.WriteBack);
        var second = await _account.Server.RunAsync(RunSteps.WriteBack);

        Assert.That(first.Error, Does.Contain("no longer has these custom fields: 'LTV' (companies").And.Contain("--enable"));
        Assert.That(WrittenAccount.Count(first, "fieldsSwitchedOff"), Is.EqualTo(1));
        Assert.That(WrittenAccount.Count(second, "fieldsWritten"), Is.Zero);
        Assert.That(await _account.MismatchesAsync(), Is.Zero, "The other fields are written.");

        await _account.EnableAsync();
        await _account.Server.RunAsync([.. RunSteps.All]);
        Assert.That(await _account.CardsAsync("companies"), Does.Contain("AMOLTV_LTV\":"));
        Assert.That(await _account.MismatchesAsync(), Is.Zero);
    }

    [Test]
    public async Task Field_whose_type_was_changed_by_hand_is_switched_off_and_the_others_are_written()
    {
        await _account.EnableAsync();
        lock (_account.State.Gate)
        {
            var field = _account.State.FieldsOf(EntityKind.Companies).Single(field => field.Code == "AMOLTV_TIER");
            _account.State.Save(field with { Type = "checkbox" });
        }

        var night = await _account.Server.RunInPartAsync([.. RunSteps.All]);
        var next = await _account.Server.RunAsync([.. RunSteps.All]);

        Assert.That(night.Error, Does.Contain("changed the type").And.Contain("companies"));
        Assert.That(night.Steps.Select(step => step.Key), Does.Contain(RunSteps.Analyse));
        Assert.That(next.Error, Is.Null);
        Assert.That(await _account.MismatchesAsync(), Is.Zero);
        await Assert.ThrowsAsync<CommandFailedException>(() => _account.EnableAsync());
    }

    [Test]
    public async Task Field_of_one_card_that_something_else_writes_twice_in_a_row_is_left_alone()
    {
        await _account.EnableAsync();
        await _account.Server.RunAsync(RunSteps.WriteBack);
        var ltv = await _account.FieldAsync(EntityType.Company, "ltv");
        var company = await _account.QueryAsync<long>("select entity_id from field_writes where field_id = @ltv order by 1 limit 1", new { ltv });

        await _account.WriteAsync(EntityType.Company, company, ltv, "7");
        var first = await _account.WholeNightAsync();
        Assert.That(await _account.MismatchesAsync(), Is.Zero, "Once, ours is written again.");
        await _account.WriteAsync(EntityType.Company, company, ltv, "8");
        var second = await _account.WholeNightAsync(isInPart: true);
        var third = await _account.WholeNightAsync();

        Assert.That((WriteBack(first)["conflicts"], WriteBack(second)["conflicts"], WriteBack(third)["conflicts"]), Is.EqualTo((0L, 1L, 0L)));
        Assert.That(second.Error, Does.Contain("written by something else"));
        Assert.That(WriteBack(third)["fieldsWritten"], Is.Zero);
        Assert.That(await _account.ValueAsync("companies", company, "AMOLTV_LTV"), Is.EqualTo("8"));
        Assert.That(await _account.Get<ConflictStore>().ListStoppedAsync(_account.Server.Account, CancellationToken.None),
            Is.EqualTo(new[] { (EntityType.Company, company, new FieldId(ltv)) }));

        await _account.EnableAsync();
        await _account.WholeNightAsync();
        Assert.That(await _account.ValueAsync("companies", company, "AMOLTV_LTV"), Is.Not.EqualTo("8"), "Enabling again takes the field back.");
    }

    [Test]
    public async Task Foreign_value_that_is_not_repeated_is_forgotten()
    {
        await _account.EnableAsync();
        await _account.Server.RunAsync(RunSteps.WriteBack);
        var ltv = await _account.FieldAsync(EntityType.Company, "ltv");
        var company = await _account.QueryAsync<long>("select entity_id from field_writes where field_id = @ltv order by 1 limit 1", new { ltv });

        foreach (var value in new[] { "7", "8" })
        {
            await _account.WriteAsync(EntityType.Company, company, ltv, value);
            await _account.WholeNightAsync();
            // A night without a foreign value between them: they are not in a row.
            await _account.WholeNightAsync();
        }

        Assert.That(await _account.MismatchesAsync(), Is.Zero);
    }

    [Test]
    public async Task Open_lead_carries_the_numbers_of_its_company_where_the_admin_wants_it_and_a_closed_one_does_not()
    {
        await _account.EnableAsync();
        await _account.Server.RunAsync(RunSteps.WriteBack);
        Assert.That(await _account.CardsAsync("leads"), Does.Not.Contain("AMOLTV"), "Off by default.");

        await _account.EnableAsync(leads: "all");
        await _account.Server.RunAsync(RunSteps.WriteBack);

        var (lead, company) = await _account.QueryAsync<(long, long)>(
            """
            select l.lead_id, l.company_id from leads l join customer_values v on v.customer_id = l.company_id and v.scope = 1
            where l.status_id not in (142, 143) and v.ltv is not null order by 1 limit 1
            """);
        var closed = await _account.QueryAsync<long>("select lead_id from leads where status_id = 142 order by 1 limit 1");
        Assert.That(await _account.ValueAsync("leads", lead, "AMOLTV_LTV"), Is.EqualTo(await _account.ValueAsync("companies", company, "AMOLTV_LTV")));
        Assert.That(await _account.ValueAsync("leads", lead, "AMOLTV_TIER"), Is.EqualTo(await _account.ValueAsync("companies", company, "AMOLTV_TIER")));
        Assert.That(await _account.ValueAsync("leads", closed, "AMOLTV_LTV"), Is.Null);
        Assert.That(await _account.MismatchesAsync(), Is.Zero);
        Assert.That(WriteBack(await _account.Server.RunAsync([.. RunSteps.All]))["fieldsWritten"], Is.Zero, "An unchanged account causes no write.");
    }

    [Test]
    public async Task Only_chosen_numbers_are_created_and_written()
    {
        var fields = await _account.EnableAsync(fields: "ltv,tier");
        await _account.Server.RunAsync(RunSteps.WriteBack);

        Assert.That(fields.Select(choice => choice.Output.Output).Distinct(), Is.EqualTo(new[] { "ltv", "tier" }));
        Assert.That(await _account.CardsAsync("companies"), Does.Contain("AMOLTV_LTV").And.Not.Contain("AMOLTV_BOUGHT"));
        Assert.That(() => _account.EnableAsync(fields: "ltv,worth"), Throws.TypeOf<CommandFailedException>().With.Message.Contains("'worth'"));
    }

    [Test]
    public async Task Run_writes_at_the_rate_the_admin_set_and_the_next_one_goes_on()
    {
        await _account.EnableAsync();
        await _account.Get<WriteBackSettingsStore>().SetRateAsync(_account.Server.Account, cardsPerMinute: 1, minutesARun: 1, CancellationToken.None);

        var first = await _account.Server.RunAsync(RunSteps.WriteBack);
        var second = await _account.Server.RunAsync(RunSteps.WriteBack);
        var mismatches = await _account.MismatchesAsync();
        await _account.Get<WriteBackSettingsStore>().SetRateAsync(_account.Server.Account, cardsPerMinute: null, minutesARun: null, CancellationToken.None);
        await _account.Server.RunAsync(RunSteps.WriteBack);

        Assert.That((WrittenAccount.Count(first, "cards"), WrittenAccount.Count(second, "cards")), Is.EqualTo((1L, 1L)));
        Assert.That(WrittenAccount.Count(first, "fieldsLeft"), Is.Positive);
        Assert.That((mismatches > 0, await _account.MismatchesAsync()), Is.EqualTo((true, 0L)));
    }

    [Test]
    public async Task CRM_that_refuses_to_be_written_fails_the_run_and_not_the_analyses()
    {
        await _account.EnableAsync();
        await _account.OrderFaultAsync("/api/v4/companies", "402", count: 50);

        var night = await _account.Get<AccountRunner>().RunAsync(
            _account.Server.Account, new RunRequest(RunCause.Night, RunSteps.All, null, TimeSpan.Zero), null, CancellationToken.None);

        Assert.That(night.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(night.Error, Does.StartWith("Step write-back").And.Contain("HTTP 402"));
        Assert.That(night.Steps.Select(step => step.Key), Is.EqualTo(new[] { RunSteps.Sync, RunSteps.Recalculate, RunSteps.Tasks, RunSteps.Analyse }));
    }

    private static IReadOnlyDictionary<string, long> WriteBack(RunOutcome outcome) => outcome.Steps.Single(step => step.Key == RunSteps.WriteBack).Value;
}
