using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Reads what a revaluation needs: of a large base only the customers whose purchases or life-cycle changed, as long as nothing
/// that all customers share has changed with them; else everything.
/// </summary>
internal sealed class RevaluationReader(NpgsqlDataSource database, SettingsStore settings, Relearning relearning, IOptions<ValuingOptions> options)
{
    public async Task<RevaluationInput> ReadAsync(
        NpgsqlConnection connection, RunContext run, ValuedAccount account, StoredValuation? before, LeadTotals leads, DateOnly today, CancellationToken cancellationToken)
    {
        var stale = await StaleCustomers.ReadAsync(connection, account.Id, account.Settings.Cac, before?.Run ?? default, cancellationToken);
        var question = new Question(
            account,
            today,
            run.AsOf,
            before,
            before?.SettingsVersion is { } version ? (await settings.FindAsync(account.Id, version, cancellationToken))?.Settings : null,
            stale,
            leads);
        return (IsPartEnough(question) ? await ReadPartAsync(connection, question, cancellationToken) : null)
            ?? await ReadWholeAsync(connection, question, cancellationToken);
    }

    private async Task<RevaluationInput> ReadWholeAsync(NpgsqlConnection connection, Question question, CancellationToken cancellationToken)
    {
        var reading = ReadStoredAsync(question, customers: null, cancellationToken);
        var histories = await HistoryStore.ReadAsync(connection, question.Account.Id, question.Account.Settings, customers: null, question.Leads, cancellationToken);
        var asOf = AccountDays.AsOf(question.Today, histories.Max(history => history.LastPurchase), question.FixedAsOf);
        var clients = histories.Count(history => history.Key.IsClient && history.PurchaseDays.Count > 0);
        return Input(question, asOf, histories, await reading, Decide(question, asOf, clients));
    }

    /// <returns>Null where the part turns out not to be enough.</returns>
    private async Task<RevaluationInput?> ReadPartAsync(NpgsqlConnection connection, Question question, CancellationToken cancellationToken)
    {
        var (account, before) = (question.Account, question.Before!);
        var customers = question.Stale.Keys.ToHashSet();
        if (before.CutOn < question.Today)
        {
            customers.UnionWith(await StoredResultStore.AgedAsync(connection, account.Id, question.Today, cancellationToken));
        }

        if (2 * customers.Count > before.Clients)
        {
            return null;
        }

        var reading = ReadStoredAsync(question, customers, cancellationToken);
        var histories = await HistoryStore.ReadAsync(connection, account.Id, account.Settings, customers, question.Leads, cancellationToken);
        var stored = await reading;
        var asOf = await AsOfPartAsync(connection, question, customers, histories, cancellationToken);
        var refit = Decide(question, asOf, before.Clients);
        var totals = await SegmentMoveStore.TotalsAsync(connection, account.Id, before.Run, cancellationToken);
        return asOf != before.AsOf || refit.IsRefit || totals.Count == 0
            ? null
            : Input(question, asOf, histories, stored, refit) with { IsWhole = false, Borders = before.Borders, SegmentsBefore = totals };
    }

    /// <summary>The date goes by the account's last purchase: where that is this month's, the customers not read may hold it.</summary>
    private static async Task<DateOnly> AsOfPartAsync(
        NpgsqlConnection connection, Question question, IReadOnlyCollection<CustomerKey> customers, List<CustomerHistory> histories, CancellationToken cancellationToken)
    {
        var last = histories.Max(history => history.LastPurchase);
        if (question.FixedAsOf is null && question.Before!.AsOf > AccountDays.AsOf(question.Today, last, fixedByHand: null))
        {
            last = await StoredResultStore.LastPurchaseAsync(connection, question.Account.Id, customers, cancellationToken);
        }

        return AccountDays.AsOf(question.Today, last, question.FixedAsOf);
    }

    private RefitDecision Decide(Question question, DateOnly asOf, int clients) =>
        relearning.Decide(question.Before, question.Account, question.SettingsBefore, asOf, clients, question.ChangedSince);

    private static RevaluationInput Input(
        Question question, DateOnly asOf, List<CustomerHistory> histories, Dictionary<CustomerKey, StoredResult> stored, RefitDecision refit) => new()
        {
            Account = question.Account,
            Today = question.Today,
            AsOf = asOf,
            Histories = histories,
            IsWhole = true,
            Stored = stored,
            Stale = question.Stale,
            Leads = question.Leads,
            Before = question.Before,
            SettingsBefore = question.SettingsBefore,
            ChangedSince = question.ChangedSince,
            Refit = refit,
        };

    /// <summary>On a connection of its own: while one sends, the other is being read.</summary>
    private async Task<Dictionary<CustomerKey, StoredResult>> ReadStoredAsync(
        Question question, HashSet<CustomerKey>? customers, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = question.Before;
        return await StoredResultStore.ReadAsync(
            connection, question.Account.Id, before?.AsOf ?? default, customers?.Count ?? before?.Clients ?? 0, customers, cancellationToken);
    }

    /// <summary>
    /// Whether what customers share can be kept: the base is large, settings and date are the same, nothing was cut for a later
    /// day, and no cost is divided among clients.
    /// </summary>
    private bool IsPartEnough(Question question) =>
        question is { Before: { Rates: not null, Totals: not null, Borders: not null } before, Account: { Settings: { PeriodMonths: null } settings } account }
        && before.Clients >= options.Value.LargeBaseClients
        && before.RulesVersion == ResultDigest.RulesVersion
        && before.SettingsVersion == account.SettingsVersion
        && before.CutOn <= question.Today
        && before.AsOf >= AccountDays.AsOf(question.Today, lastPurchase: null, question.FixedAsOf)
        && settings.Cac.Kind != CacKind.ChannelTable;

    private sealed record Question(
        ValuedAccount Account,
        DateOnly Today,
        DateOnly? FixedAsOf,
        StoredValuation? Before,
        AccountSettings? SettingsBefore,
        StaleCustomers Stale,
        LeadTotals Leads)
    {
        /// <summary>Customers changed since the learning in force.</summary>
        public int ChangedSince => (Before?.ChangedSince ?? 0) + Stale.Keys.Count(key => key.IsClient);
    }
}
