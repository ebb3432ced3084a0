using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.WritingBack;

/// <summary>Forecast and segments on their way from a customer's row to the fields of its card.</summary>
[TestFixture, Category("Slow")]
public sealed class ForecastWriteBackTests
{
    private static readonly string[] New =
        [OutputFields.Expected, OutputFields.NextPurchase, OutputFields.RepeatProbability, OutputFields.RfmGroup, OutputFields.Lifecycle];

    private HostServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 70, Leads = 300 }.Hurried());
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        // Every number known, whatever a small account's own forecast says.
        await ExecuteAsync(
            """
            update customer_results
            set expected_value = 1234.56, next_purchase = '2027-02-03', repeat_probability = 0.417,
                rfm_group = case when scope <> 2 then 'cantLose' end, lifecycle = case when scope <> 2 then 'dormant' end
            
            """);
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Company_gets_all_of_them_and_a_contact_of_a_company_the_forecast_alone()
    {
        await EnableAsync();
        await _server.RunAsync(RunSteps.WriteBack);

        var company = (await HeldAsync("companies", "select customer_id from customer_values where scope = 1 order by 1 limit 1"))!.Value;
        var contact = (await HeldAsync("contacts",
            """
            select customer_id from customer_values v where scope = 2
              and not exists (select 1 from customer_values d where d.scope = 3 and d.customer_id = v.customer_id)
            order by 1 limit 1
            """))!.Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(company.GetProperty("AMOLTV_EXPECTED").ToString(), Is.EqualTo("1234.56"));
            Assert.That(company.GetProperty("AMOLTV_REPEAT").ToString(), Is.EqualTo("42"));
            Assert.That(company.TryGetProperty("AMOLTV_NEXT", out _), Is.True);
            Assert.That(company.GetProperty("AMOLTV_RFM").ToString(), Is.EqualTo("Нельзя потерять"));
            Assert.That(company.GetProperty("AMOLTV_LIFECYCLE").ToString(), Is.EqualTo("Давно не покупал"));
            Assert.That(contact.GetProperty("AMOLTV_EXPECTED").ToString(), Is.EqualTo("1234.56"));
            Assert.That(contact.TryGetProperty("AMOLTV_RFM", out _), Is.False);
            Assert.That(contact.TryGetProperty("AMOLTV_LIFECYCLE", out _), Is.False);
            Assert.That(contact.TryGetProperty("AMOLTV_TIER", out _), Is.False);
        }

        Assert.That(Written(await _server.RunAsync(RunSteps.WriteBack)), Is.Zero, "An unchanged account causes no write.");
        Assert.That(await MismatchesAsync(), Is.Zero);
    }

    [Test]
    public async Task Forecast_that_is_gone_empties_its_fields()
    {
        await EnableAsync();
        await _server.RunAsync(RunSteps.WriteBack);
        await ExecuteAsync("update customer_results set expected_value = null, next_purchase = null, repeat_probability = null");

        await _server.RunAsync(RunSteps.WriteBack);

        var company = (await HeldAsync("companies", "select customer_id from customer_values where scope = 1 order by 1 limit 1"))!.Value;
        Assert.That(company.TryGetProperty("AMOLTV_EXPECTED", out _), Is.False);
        Assert.That(company.TryGetProperty("AMOLTV_REPEAT", out _), Is.False);
        Assert.That(await MismatchesAsync(), Is.Zero);
    }

    [Test]
    public async Task Account_enabled_before_these_fields_existed_gets_them_by_enabling_again_alone()
    {
        await EnableAsync();
        // As an account stands that was enabled when there were fewer numbers.
        await ExecuteAsync("delete from output_fields where output = any(@New)", new { New });

        await _server.RunAsync(RunSteps.WriteBack);

        Assert.That(await MismatchesAsync(), Is.Zero);
        Assert.That(await HoldingAsync("AMOLTV_EXPECTED"), Is.Zero);
        Assert.That(await HoldingAsync("AMOLTV_LTV"), Is.Positive);

        await EnableAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.WriteBack);

        Assert.That(await HoldingAsync("AMOLTV_EXPECTED"), Is.Positive);
        Assert.That(await MismatchesAsync(), Is.Zero);
    }

    private Task<IReadOnlyList<FieldChoice>> EnableAsync() => _server.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(_server.Account, CancellationToken.None);

    private async Task<long> MismatchesAsync() =>
        (await _server.Services.GetRequiredService<Verification>().RunAsync(_server.Account, new Progress<RunProgress>(), CancellationToken.None)).Mismatches;

    private Task<Dictionary<string, JsonElement>?> CardsAsync(string entity) =>
        _server.Crm.GetFromJsonAsync<Dictionary<string, JsonElement>>($"sandbox/fields?entity={entity}");

    private async Task<int> HoldingAsync(string code) => (await CardsAsync("companies"))!.Values.Count(card => card.TryGetProperty(code, out _));

    private async Task<JsonElement?> HeldAsync(string entity, string idSql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        var id = await connection.QuerySingleAsync<long>(idSql);
        return (await CardsAsync(entity))!.TryGetValue(id.ToString(System.Globalization.CultureInfo.InvariantCulture), out var card) ? card : null;
    }

    private async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    private static long Written(RunOutcome outcome) => outcome.Steps.Single(step => step.Key == RunSteps.WriteBack).Value["fieldsWritten"];
}
