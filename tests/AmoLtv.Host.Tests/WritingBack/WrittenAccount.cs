using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Syncing;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using SandboxState = AmoLtv.Sandbox.State.SandboxState;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.WritingBack;

/// <summary>
/// A valued account of a sandbox, and what people and the service do to the fields of its cards.
/// Its history is too short for a forecast: nothing here is about one, and learning takes most of a valuation's time.
/// </summary>
internal sealed class WrittenAccount : IAsyncDisposable
{
    private WrittenAccount(HostServer server) => Server = server;

    public HostServer Server { get; }

    public SandboxState State => Server.Sandbox.State;

    public static async Task<WrittenAccount> CreateAsync(SandboxOptions? options = null)
    {
        var account = new WrittenAccount(await HostServer.StartAsync((options ?? new SandboxOptions { Companies = 12, Leads = 60, Months = 4 }).Hurried()));
        await account.Server.InstallAsync();
        await account.Server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        return account;
    }

    public T Get<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    public Task<IReadOnlyList<FieldChoice>> EnableAsync(string? fields = null, string? leads = null) =>
        Get<WriteBackEnabling>().EnableAsync(Server.Account, FieldSelection.Parse(fields, leads), CancellationToken.None);

    /// <summary>The weekly night, which looks at every card: what others write into fields is seen by it, or by hooks.</summary>
    public async Task<RunOutcome> WholeNightAsync(bool isInPart = false)
    {
        await Get<SyncStateStore>().AskWholeAsync(Server.Account, CancellationToken.None);
        return isInPart ? await Server.RunInPartAsync([.. RunSteps.All]) : await Server.RunAsync([.. RunSteps.All]);
    }

    /// <summary>Takes a run back, whatever it answers.</summary>
    public Task<RunOutcome> UndoAsync(RunId run) => Get<AccountRunner>().RunAsync(
        Server.Account, new RunRequest(RunCause.Command, [RunSteps.Undo], null, TimeSpan.Zero) { Undoes = run }, null, CancellationToken.None);

    public async Task<long> MismatchesAsync() =>
        (await Get<Verification>().RunAsync(Server.Account, new Progress<RunProgress>(), CancellationToken.None)).Mismatches;

    /// <summary>What another automation does through the API.</summary>
    public async Task WriteAsync(EntityType entity, long card, long field, string? value)
    {
        var crm = await Get<CrmConnections>().OpenAsync(Server.Account, CancellationToken.None);
        await crm.UpdateFieldsAsync(entity, [new FieldUpdate(card, [new FieldValue(new FieldId(field), value)])], CancellationToken.None);
    }

    /// <summary>Values of the cards by field code.</summary>
    public async Task<string> CardsAsync(string entity) => (await Server.Crm.GetFromJsonAsync<JsonElement>($"sandbox/fields?entity={entity}")).GetRawText();

    public async Task<string?> ValueAsync(string entity, long card, string code)
    {
        var cards = await Server.Crm.GetFromJsonAsync<Dictionary<string, Dictionary<string, JsonElement>>>($"sandbox/fields?entity={entity}");
        return cards!.GetValueOrDefault(card.ToString(System.Globalization.CultureInfo.InvariantCulture))?.TryGetValue(code, out var value) == true
            ? value.ToString()
            : null;
    }

    public async Task<T> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Server.Database.OpenConnectionAsync();
        return await connection.QueryFirstAsync<T>(sql, parameters);
    }

    /// <summary>Number of the field of a kind of card.</summary>
    public Task<long> FieldAsync(EntityType entity, string output) => QueryAsync<long>(
        "select field_id from output_fields where entity_type = @entity and output = @output", new { entity = (short)entity, output });

    public async Task OrderFaultAsync(string path, string kind, int count, int after = 0)
    {
        using var ordered = await Server.Crm.PostAsJsonAsync("sandbox/faults", new { path, method = "PATCH", kind, count, after });
        ordered.EnsureSuccessStatusCode();
    }

    public async Task<long> PatchedAsync() =>
        (await Server.Crm.GetFromJsonAsync<JsonElement>("sandbox/statistics")).GetProperty("patched").GetInt64();

    public static long Count(RunOutcome outcome, string name) => outcome.Steps[^1].Value[name];

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
