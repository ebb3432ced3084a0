using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.WritingBack;

/// <summary>What arrives in the CRM, read back from it: a whole server, a sandbox, no shortcut between them.</summary>
[TestFixture, Category("Slow")]
public sealed class WriteBackTests
{
    private HostServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 70, Leads = 300 }.Hurried());
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Nothing_is_created_or_written_until_enabled()
    {
        var outcome = await _server.RunAsync(RunSteps.WriteBack);

        Assert.That(Written(outcome), Is.Zero);
        var statistics = await _server.Crm.GetFromJsonAsync<JsonElement>("sandbox/statistics");
        Assert.That(statistics.GetProperty("patched").GetInt64(), Is.Zero);
    }

    [Test]
    public async Task Everything_computed_arrives_once_and_a_second_write_writes_nothing()
    {
        await EnableAsync();

        var first = await _server.RunAsync(RunSteps.WriteBack);
        var second = await _server.RunAsync(RunSteps.WriteBack);
        var whole = await _server.RunAsync([.. RunSteps.All]);

        Assert.That(Written(first), Is.Positive);
        Assert.That(Written(second), Is.Zero);
        Assert.That(Written(whole), Is.Zero, "A whole run over an unchanged account writes nothing.");
        Assert.That((await VerifyAsync()).Mismatches, Is.Zero);
    }

    [Test]
    public async Task Enabling_again_finds_its_fields_and_creates_none()
    {
        await EnableAsync();
        await using (var connection = await _server.Database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("delete from output_fields");
        }

        var found = await _server.Services.GetRequiredService<WriteBackEnabling>().PreviewAsync(_server.Account, CancellationToken.None);

        Assert.That(found.Select(choice => choice.Found), Is.All.Not.Null);
    }

    [Test]
    public async Task Verification_finds_a_field_changed_by_another_hand_and_the_next_run_repairs_it()
    {
        await EnableAsync();
        await _server.RunAsync(RunSteps.WriteBack);
        var (company, field) = await AnyAsync("select entity_id, field_id from field_writes where entity_type = 3 and after is not null order by entity_id, field_id limit 1");
        var crm = await _server.Services.GetRequiredService<CrmConnections>().OpenAsync(_server.Account, CancellationToken.None);
        await crm.UpdateFieldsAsync(EntityType.Company, [new FieldUpdate(company, [new FieldValue(new FieldId(field), "1")])], CancellationToken.None);

        Assert.That((await VerifyAsync()).Mismatches, Is.EqualTo(1));
        await _server.RunAsync([.. RunSteps.All]);
        Assert.That((await VerifyAsync()).Mismatches, Is.Zero);
    }

    [Test]
    public async Task Batch_that_landed_when_its_run_was_killed_is_not_written_again()
    {
        await EnableAsync();
        await _server.RunAsync(RunSteps.WriteBack);
        // As a killed process leaves it: the CRM has the batch, the tables do not know.
        await using (var connection = await _server.Database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                update field_writes set status = 'planned', written_at = null
                where entity_type = 3 and entity_id in (select company_id from companies order by company_id limit 20);
                update companies set fields = '{}' where company_id in (select company_id from companies order by company_id limit 20);
                update runs set status = 'running' where run_id = (select max(run_id) from runs);
                """);
        }

        var resumed = await _server.RunAsync(RunSteps.WriteBack);

        Assert.That(Written(resumed), Is.Zero);
        Assert.That((await VerifyAsync()).Mismatches, Is.Zero);
        await using var database = await _server.Database.OpenConnectionAsync();
        Assert.That(await database.QuerySingleAsync<long>("select count(*) from field_writes where status <> 'confirmed'"), Is.Zero);
    }

    [Test]
    public async Task Batch_too_large_for_the_CRM_is_halved()
    {
        await EnableAsync();
        using var ordered = await _server.Crm.PostAsJsonAsync("sandbox/faults", new { path = "/api/v4/companies", method = "PATCH", kind = "504", count = 1 });
        ordered.EnsureSuccessStatusCode();

        var outcome = await _server.RunAsync(RunSteps.WriteBack);

        Assert.That(outcome.Steps[^1].Value["fieldsFailed"], Is.Zero);
        Assert.That((await VerifyAsync()).Mismatches, Is.Zero);
    }

    [Test]
    public async Task Bad_card_is_set_apart_and_the_others_are_written()
    {
        await EnableAsync();
        await using (var connection = await _server.Database.OpenConnectionAsync())
        {
            // A company the CRM does not have: it was deleted for good since the sync.
            await connection.ExecuteAsync(
                """
                insert into companies (account_id, company_id, created_at, updated_at) select account_id, 1, now(), now() from accounts;
                insert into customer_results (
                    account_id, scope, customer_id, from_run, purchases, revenue, credit_notes, estimated_costs, historical_ltv, ltv, ltv_kind, is_floored, is_lost)
                select account_id, 1, 1, 1, 1, 10, 0, 0, 10, 10, 'historical', false, false from accounts;
                """);
        }

        var outcome = await _server.RunInPartAsync(RunSteps.WriteBack);

        Assert.That(outcome.Steps[^1].Value["fieldsFailed"], Is.Positive);
        Assert.That(outcome.IsComplete, Is.False);
        Assert.That(outcome.Error, Does.Contain("were not written").And.Contain("(1 cards)"));
        Assert.That((await VerifyAsync()).Mismatches, Is.Zero);
        var (card, _) = await AnyAsync("select distinct entity_id, 0::bigint from field_writes where status = 'failed' and error is not null");
        Assert.That(card, Is.EqualTo(1));
    }

    [Test]
    public async Task Deleted_field_is_named_and_the_others_are_written()
    {
        await EnableAsync();
        await using (var connection = await _server.Database.OpenConnectionAsync())
        {
            // As a sync leaves it after somebody deleted the field.
            await connection.ExecuteAsync(
                "delete from custom_fields where entity_type = 3 and field_id = (select field_id from output_fields where entity_type = 3 and output = 'ltv')");
        }

        var outcome = await _server.RunInPartAsync(RunSteps.WriteBack);

        Assert.That((Written(outcome) > 0, outcome.Steps[^1].Value["fieldsFailed"], outcome.IsComplete), Is.EqualTo((true, 0L, false)));
        Assert.That(outcome.Error, Does.Contain("'LTV' (companies").And.Contain("--enable"));
        var (companies, _) = await AnyAsync(
            """
            select count(*), 0::bigint from field_writes
            where entity_type = 3 and field_id = (select field_id from output_fields where entity_type = 3 and output = 'ltv')
            """);
        Assert.That(companies, Is.Zero);
        await using var database = await _server.Database.OpenConnectionAsync();
        Assert.That(await database.QuerySingleAsync<string>("select error from runs order by run_id desc limit 1"), Is.EqualTo(outcome.Error));
    }

    private Task<IReadOnlyList<FieldChoice>> EnableAsync() => _server.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(_server.Account, CancellationToken.None);

    private Task<VerificationResult> VerifyAsync() =>
        _server.Services.GetRequiredService<Verification>().RunAsync(_server.Account, new Progress<RunProgress>(), CancellationToken.None);

    private async Task<(long Card, long Field)> AnyAsync(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(long, long)>(sql);
    }

    private static long Written(RunOutcome outcome) => outcome.Steps.Single(step => step.Key == RunSteps.WriteBack).Value["fieldsWritten"];
}
