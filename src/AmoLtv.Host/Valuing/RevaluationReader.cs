using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Reads what a revaluation needs: of a large base only the customers whose purchases changed, as long as nothing that all
/// customers share has changed with them; else everything.
/// </summary>
internal sealed class RevaluationReader(NpgsqlDataSource database, SettingsStore settings, Relearning relearning, IOptions<ValuingOptions> options)
{
    public async Task<RevaluationInput> ReadAsync(
        NpgsqlConnection connection, RunContext run, ValuedAccount account, StoredValuation? before, DateOnly today, CancellationToken cancellationToken)
    {
        var stale = await StaleCustomers.ReadAsync(connection, account.Id, account.Settings.Cac, before?.Run ?? default, cancellationToken);
        var isShareable = before is not null && IsShareable(account, before);
        var reading = ReadStoredAsync(account.Id, before, isShareable, cancellationToken);
        var leads = await VerdictStore.TotalsAsync(connection, account.Id, cancellationToken);
        var changedSince = (before?.ChangedSince ?? 0) + stale.Keys.Count(key => key.IsClient);
        var settingsBefore = before?.SettingsVersion is { } version
            ? (await settings.FindAsync(account.Id, version, cancellationToken))?.Settings
            : null;
        if (isShareable)
        {
            var changed = await HistoryStore.ReadAsync(connection, account.Id, account.Settings, stale.Keys, leads, cancellationToken);
            var part = Input(changed, await reading, isWhole: false);
            if (part.AsOf == before!.AsOf && !part.Refit.IsRefit)
            {
                return part;
            }
        }

        var all = await HistoryStore.ReadAsync(connection, account.Id, account.Settings, customers: null, leads, cancellationToken);
        return Input(all, await reading, isWhole: true);

        RevaluationInput Input(List<CustomerHistory> histories, Dictionary<CustomerKey, StoredResult> stored, bool isWhole)
        {
            var input = new RevaluationInput
            {
                Account = account,
                Today = today,
                AsOf = AccountDays.AsOf(today, LastPurchase(histories, isWhole, stored, stale), run.AsOf),
                Histories = histories,
                IsWhole = isWhole,
                Stored = stored,
                Stale = stale,
                Leads = leads,
                Before = before,
                SettingsBefore = settingsBefore,
                ChangedSince = changedSince,
            };
            return input with { Refit = relearning.Decide(input) };
        }
    }

    /// <summary>On a connection of its own: while one sends, the other is being read.</summary>
    private async Task<Dictionary<CustomerKey, StoredResult>> ReadStoredAsync(AccountId account, StoredValuation? before, bool isOrdered, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await StoredResultStore.ReadAsync(connection, account, before?.AsOf ?? default, before?.Clients ?? 0, isOrdered, cancellationToken);
    }

    /// <summary>Whether what customers share can be kept: the base is large, the settings are the same, and no cost is divided among clients.</summary>
    private bool IsShareable(ValuedAccount account, StoredValuation before) =>
        before.Clients >= options.Value.LargeBaseClients
        && before.Rates is not null
        && before.RulesVersion == ResultDigest.RulesVersion
        && before.SettingsVersion == account.SettingsVersion
        && account.Settings.PeriodMonths is null
        && account.Settings.Cac.Kind != CacKind.ChannelTable;

    private static DateOnly? LastPurchase(
        List<CustomerHistory> histories, bool isWhole, Dictionary<CustomerKey, StoredResult> stored, StaleCustomers stale)
    {
        var latest = histories.Max(history => history.LastPurchase);
        return isWhole ? latest : stored
            .Where(entry => !stale.ContainsKey(entry.Key))
            .Select(entry => entry.Value.Figures.Relationship?.Last)
            .Append(latest)
            .Max();
    }
}
