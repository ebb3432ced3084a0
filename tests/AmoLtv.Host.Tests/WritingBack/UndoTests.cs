using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using AmoLtv.Host.Syncing;
using AmoLtv.Host.WritingBack;

namespace AmoLtv.Host.Tests.WritingBack;

/// <summary>What a run wrote is taken back from a real sandbox, and nothing else is.</summary>
[TestFixture, Category("Slow")]
public sealed class UndoTests
{
    private WrittenAccount _account = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _account = await WrittenAccount.CreateAsync();
        await _account.EnableAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public async Task Undo_restores_every_value_and_pauses_the_schedule_until_somebody_writes_back()
    {
        var (companies, contacts) = (await _account.CardsAsync("companies"), await _account.CardsAsync("contacts"));
        var written = await _account.Server.RunAsync(RunSteps.WriteBack);
        Assert.That(await _account.CardsAsync("companies"), Is.Not.EqualTo(companies));

        var undone = await _account.UndoAsync(written.Run);

        Assert.That(undone.Error, Is.Null);
        Assert.That(WrittenAccount.Count(undone, "fieldsRestored"), Is.EqualTo(WrittenAccount.Count(written, "fieldsWritten")));
        Assert.That((await _account.CardsAsync("companies"), await _account.CardsAsync("contacts")), Is.EqualTo((companies, contacts)));

        var night = await _account.Server.RunAsync([.. RunSteps.All]);
        Assert.That(night.Steps.Single(step => step.Key == RunSteps.WriteBack).Value["fieldsWritten"], Is.Zero, "The schedule must not write again what was taken back.");

        await _account.Server.RunAsync(RunSteps.WriteBack);
        Assert.That(await _account.MismatchesAsync(), Is.Zero);
    }

    [Test]
    public async Task Undone_undo_writes_the_numbers_again()
    {
        var written = await _account.Server.RunAsync(RunSteps.WriteBack);
        var undone = await _account.UndoAsync(written.Run);

        await _account.UndoAsync(undone.Run);

        Assert.That(await _account.MismatchesAsync(), Is.Zero);
    }

    [Test]
    public async Task What_is_newer_than_the_run_stays_and_is_said_with_its_reason()
    {
        var written = await _account.Server.RunAsync(RunSteps.WriteBack);
        var ltv = await _account.FieldAsync(EntityType.Company, "ltv");
        var company = await _account.QueryAsync<long>("select entity_id from field_writes where field_id = @ltv order by 1 limit 1", new { ltv });
        await _account.WriteAsync(EntityType.Company, company, ltv, "7");

        var undone = await _account.UndoAsync(written.Run);

        Assert.That(WrittenAccount.Count(undone, "fieldsLeftAlone"), Is.EqualTo(1));
        Assert.That(await _account.ValueAsync("companies", company, "AMOLTV_LTV"), Is.EqualTo("7"));
        var (status, reason) = await _account.QueryAsync<(string, string)>(
            "select status, error from field_writes where run_id = @Run and entity_id = @company and field_id = @ltv", new { Run = undone.Run.Value, company, ltv });
        Assert.That((status, reason), Is.EqualTo(("skipped", "It holds something newer than that run, which stays.")));
    }

    [Test]
    public async Task Undo_that_was_cut_off_goes_on_when_it_is_repeated()
    {
        var (companies, contacts) = (await _account.CardsAsync("companies"), await _account.CardsAsync("contacts"));
        var written = await _account.Server.RunAsync(RunSteps.WriteBack);
        await _account.OrderFaultAsync("/api/v4/contacts", "402", count: 1);

        var cut = await _account.UndoAsync(written.Run);
        var repeated = await _account.UndoAsync(written.Run);

        Assert.That(cut.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(repeated.Error, Is.Null);
        Assert.That((await _account.CardsAsync("companies"), await _account.CardsAsync("contacts")), Is.EqualTo((companies, contacts)));
    }

    [Test]
    public async Task Number_switched_off_after_an_undo_does_not_bring_back_the_others()
    {
        var written = await _account.Server.RunAsync(RunSteps.WriteBack);
        await _account.UndoAsync(written.Run);
        await _account.EnableAsync("tier,ltv");

        var night = await _account.Server.RunAsync([.. RunSteps.All]);

        Assert.That(night.Steps.Single(step => step.Key == RunSteps.WriteBack).Value["fieldsWritten"], Is.Zero);
    }

    [Test]
    public async Task Value_the_CRM_took_without_saying_so_in_time_can_be_taken_back_too()
    {
        var ltv = await _account.FieldAsync(EntityType.Company, "ltv");
        await _account.OrderFaultAsync("/api/v4/companies", "504", count: 20);
        var late = await _account.Server.RunInPartAsync(RunSteps.WriteBack);
        var (company, value) = await _account.QueryAsync<(long, string)>(
            "select entity_id, after from field_writes where field_id = @ltv and status = 'planned' and error is not null order by 1 limit 1", new { ltv });
        (await _account.Server.Crm.DeleteAsync("sandbox/faults")).EnsureSuccessStatusCode();
        await _account.WriteAsync(EntityType.Company, company, ltv, value);

        await _account.Server.RunInPartAsync([.. RunSteps.All]);
        Assert.That(await _account.ValueAsync("companies", company, "AMOLTV_LTV"), Is.Not.Null);
        await _account.UndoAsync(late.Run);

        Assert.That(late.Error, Does.Contain("fields were not written"));
        Assert.That(await _account.ValueAsync("companies", company, "AMOLTV_LTV"), Is.Null);
    }

    [Test]
    public async Task Run_that_wrote_nothing_cannot_be_undone()
    {
        var written = await _account.Server.RunAsync(RunSteps.Recalculate);

        var undone = await _account.UndoAsync(written.Run);

        Assert.That(undone.Error, Does.Contain("has written nothing"));
    }

    [Test]
    public async Task Dry_run_tells_what_the_write_back_then_writes_and_sends_nothing()
    {
        var preview = await _account.Server.RunAsync(RunSteps.Preview);

        Assert.That(await _account.PatchedAsync(), Is.Zero);
        var (fields, total) = await _account.Get<WrittenFieldStore>().ListAsync(_account.Server.Account, preview.Run, 10, CancellationToken.None);
        Assert.That((fields.Count, total), Is.EqualTo((10, WrittenAccount.Count(preview, "fieldsToWrite"))));
        Assert.That(fields, Has.All.Matches<WrittenField>(field => field is { Status: "previewed", Before: null, After: not null, FieldName: not null }));

        var written = await _account.Server.RunAsync(RunSteps.WriteBack);
        Assert.That(WrittenAccount.Count(written, "fieldsWritten"), Is.EqualTo(total));
        Assert.That(WrittenAccount.Count(await _account.Server.RunAsync(RunSteps.Preview), "fieldsToWrite"), Is.Zero);
    }

    [Test]
    public async Task Dry_run_does_not_show_what_something_else_writes_again_and_again_as_a_change_and_counts_no_conflict()
    {
        await _account.Server.RunAsync(RunSteps.WriteBack);
        var ltv = await _account.FieldAsync(EntityType.Company, "ltv");
        var company = await _account.QueryAsync<long>("select entity_id from field_writes where field_id = @ltv order by 1 limit 1", new { ltv });
        await _account.WriteAsync(EntityType.Company, company, ltv, "7");
        await _account.WholeNightAsync();
        await _account.WriteAsync(EntityType.Company, company, ltv, "8");
        await _account.Get<SyncStateStore>().AskWholeAsync(_account.Server.Account, CancellationToken.None);
        await _account.Server.RunAsync(RunSteps.Sync);

        var preview = await _account.Server.RunAsync(RunSteps.Preview);

        Assert.That(WrittenAccount.Count(preview, "fieldsToWrite"), Is.Zero);
        Assert.That(await _account.QueryAsync<(int, bool)>("select seen, stopped_at is null from field_conflicts"), Is.EqualTo((1, true)));
    }
}
