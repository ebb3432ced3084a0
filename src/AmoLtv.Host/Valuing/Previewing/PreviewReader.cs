using System.Text.Json;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Settings;
using Dapper;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>Values an account by a draft of settings beside those in force, from the same leads and by the same rules; stores nothing.</summary>
internal sealed class PreviewReader(
    NpgsqlDataSource database, SettingsStore settings, ValuedAccountStore accounts, UnreadValueStore unread, PreviewedLeads leads, TimeProvider time) : IDisposable
{
    /// <summary>A preview takes every core: more at once would only be slower.</summary>
    private readonly SemaphoreSlim _turns = new(2);

    private readonly MemoryCache _inForce = new(new MemoryCacheOptions { SizeLimit = PreviewedLeads.MostAccounts });

    /// <exception cref="InvalidSettingsException">The draft cannot be used.</exception>
    public async Task<PreviewAnswer> ReadAsync(AccountId id, AccountSettings draft, CancellationToken cancellationToken)
    {
        await settings.RequireUsableAsync(id, draft, cancellationToken);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await CompareAsync(await accounts.ReadAsync(id, cancellationToken), draft, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<PreviewAnswer> CompareAsync(ValuedAccount account, AccountSettings draft, CancellationToken cancellationToken)
    {
        var fields = account.Settings.UsedFieldIds(EntityType.Lead).Union(draft.UsedFieldIds(EntityType.Lead)).ToHashSet();
        var sample = await leads.ReadAsync(account.Id, fields, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var stored = await StoredValuationStore.FindAsync(connection, account.Id, cancellationToken);
        var forecast = stored?.Learned?.Parameters;
        var old = InForce(account.Id, sample, await TermsAsync(connection, account, account.Settings, forecast, cancellationToken), stored?.Learned?.Run);
        var isSame = SettingsJson.Write(draft) == SettingsJson.Write(account.Settings);
        var isNew = isSame ? old : LeadValuation.Of(sample.Leads, await TermsAsync(connection, account, draft, forecast, cancellationToken));
        var clients = new PreviewComparison(sample.Leads, old, isNew).Clients();
        var names = await NamesAsync(connection, account.Id, clients, cancellationToken);
        return new PreviewAnswer
        {
            Version = account.SettingsVersion,
            Old = PreviewComparison.TotalsOf(old),
            New = PreviewComparison.TotalsOf(isNew),
            Clients = [.. clients.Select(client => client with { Name = client.Kind == "company" ? names.GetValueOrDefault(client.Id) : null })],
            Leads = sample.Leads.Count,
            TotalLeads = sample.Total,
            IsWhole = sample.IsWhole,
            Unread = await unread.FindAsync(connection, account.Id, draft, cancellationToken),
            IsForecastKept = isSame || !Relearning.IsDueBetween(account.Settings, draft, account.Zone),
        };
    }

    /// <summary>The same leads by the same terms are valued once, however often the draft beside them changes.</summary>
    private LeadValuation InForce(AccountId account, LeadSample sample, ValuationTerms terms, RunId? learned)
    {
        var fingerprint = Fingerprint(terms, learned);
        if (_inForce.TryGetValue(account, out Known? known) && ReferenceEquals(known!.Sample, sample) && known.Terms == fingerprint)
        {
            return known.Valued;
        }

        var valued = LeadValuation.Of(sample.Leads, terms);
        _inForce.Set(
            account,
            new Known(sample, fingerprint, valued),
            new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = PreviewedLeads.KeptFor, Size = 1 });
        return valued;
    }

    private static string Fingerprint(ValuationTerms terms, RunId? learned) => JsonSerializer.Serialize(
        new
        {
            terms.Settings,
            Zone = terms.Zone.Id,
            terms.Today,
            Excluded = terms.ExcludedByHand.Select(lead => lead.Value).Order(),
            terms.Spend,
            StatedCosts = terms.StatedCosts.OrderBy(cost => cost.Key),
            Learned = learned?.Value,
        },
        SettingsJson.Options);

    private async Task<ValuationTerms> TermsAsync(
        NpgsqlConnection connection, ValuedAccount account, AccountSettings by, ForecastParameters? forecast, CancellationToken cancellationToken) => new(
            by,
            account.Zone,
            AccountDays.DayOf(time.GetUtcNow(), account.Zone),
            account.ExcludedByHand,
            account.Spend,
            await CompanyCostStore.ReadAsync(connection, account.Id, by.Cac, cancellationToken),
            forecast);

    private static async Task<Dictionary<long, string>> NamesAsync(
        NpgsqlConnection connection, AccountId account, IReadOnlyList<PreviewClient> clients, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<(long Id, string Name)>(new CommandDefinition(
            "select company_id, name from companies where account_id = @Account and company_id = any(@Companies)",
            new { Account = account.Value, Companies = clients.Where(client => client.Kind == "company").Select(client => client.Id).ToArray() },
            cancellationToken: cancellationToken))).ToDictionary(row => row.Id, row => row.Name);

    public void Dispose()
    {
        _turns.Dispose();
        _inForce.Dispose();
    }

    private sealed record Known(LeadSample Sample, string Terms, LeadValuation Valued);
}
