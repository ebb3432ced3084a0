using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Catalogs;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// What the products of leads need beyond the leads themselves: once a week the account's lists, in one request, and after the leads the names of
/// products that were met for the first time or a week ago. An account without lists costs that one request and nothing more.
/// </summary>
internal sealed partial class ProductReading(ProductStore products, SyncStateStore states, TimeProvider time, ILogger<ProductReading> logger)
{
    /// <summary>Numbers in one request: the address must not grow beyond what servers take.</summary>
    private const int Batch = 200;

    /// <summary>Pages of a list that are looked through where the CRM does not find elements by number; what lies behind them keeps its number for a name.</summary>
    private const int MostPages = 40;

    /// <summary>Reads the lists where they are due.</summary>
    /// <returns>A client that lists leads as this account needs them.</returns>
    public async Task<AmoCrmClient> BeginAsync(RunContext run, AmoCrmClient client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var last = await products.FindReadingAsync(run.Account, cancellationToken);
        if (!CatalogReading.IsDue(last, now))
        {
            return For(client, last);
        }

        var (catalogs, outcome) = await ReadListsAsync(run, client, cancellationToken);
        var reading = CatalogReading.After(last, outcome, now);
        await products.SaveListsAsync(run, catalogs, reading, cancellationToken);
        if (CatalogReading.AsksWhole(last, reading))
        {
            await states.AskWholeAsync(run.Account, cancellationToken);
        }

        return For(client, reading);
    }

    /// <summary>A client that lists leads as the account needs them, by what is known of its lists.</summary>
    public async Task<AmoCrmClient> OpenAsync(RunContext run, AmoCrmClient client, CancellationToken cancellationToken) =>
        For(client, await products.FindReadingAsync(run.Account, cancellationToken));

    /// <summary>Reads the names of products that have none yet, or an old one.</summary>
    /// <returns>Products read.</returns>
    public async Task<long> NameAsync(RunContext run, AmoCrmClient client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var named = 0L;
        foreach (var list in (await products.ListUnnamedAsync(run.Account, now - CatalogReading.Every, cancellationToken)).GroupBy(product => product.Catalog))
        {
            foreach (var ids in list.Select(product => product.Element).Chunk(Batch))
            {
                named += await NameAsync(run, client, list.Key, ids.ToHashSet(), now, cancellationToken);
            }
        }

        return named;
    }

    private async Task<long> NameAsync(
        RunContext run, AmoCrmClient client, long catalog, HashSet<long> wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.GetProductsAsync(catalog, wanted, cancellationToken);
            var (found, isSettled) = page.Rows.All(product => wanted.Contains(product.Id.Element))
                ? (page.Rows, true)
                : await LookThroughAsync(client, catalog, wanted, cancellationToken);
            var named = found.Where(product => wanted.Contains(product.Id.Element)).DistinctBy(product => product.Id).ToList();
            // Of a list that was not read to its end, what was not met may stand further back: it is not gone.
            var asked = isSettled ? wanted : [.. named.Select(product => product.Id.Element)];
            await products.SaveNamesAsync(run, catalog, asked, named, now, cancellationToken);
            return named.Count;
        }
        catch (CrmException refusal) when (IsRefusal(refusal))
        {
            // The leads are read all the same: their products show by number until the list may be read again.
            Log.Unnamed(logger, run.Account, catalog, refusal.Message);
            return 0;
        }
    }

    /// <summary>The filter was ignored: the list is read until all that is wanted was met, as far as that is worth its requests.</summary>
    /// <returns>What was met, and whether what was not met is not in the list.</returns>
    private static async Task<(IReadOnlyList<CrmProduct> Found, bool IsSettled)> LookThroughAsync(
        AmoCrmClient client, long catalog, HashSet<long> wanted, CancellationToken cancellationToken)
    {
        var found = new List<CrmProduct>();
        await foreach (var page in client.ReadProductsAsync(catalog, cancellationToken))
        {
            found.AddRange(page.Rows.Where(product => wanted.Contains(product.Id.Element)));
            if (found.Count >= wanted.Count)
            {
                break;
            }

            if (page.Number >= MostPages && page.HasNext)
            {
                return (found, false);
            }
        }

        return (found, true);
    }

    private async Task<(IReadOnlyList<CrmCatalog> Catalogs, CatalogOutcome Outcome)> ReadListsAsync(
        RunContext run, AmoCrmClient client, CancellationToken cancellationToken)
    {
        try
        {
            var catalogs = await client.GetCatalogsAsync(cancellationToken);
            return (catalogs, catalogs.Any(catalog => catalog.IsSold) ? CatalogOutcome.Found : CatalogOutcome.None);
        }
        catch (CrmException refusal) when (IsRefusal(refusal))
        {
            Log.Refused(logger, run.Account, refusal.Message);
            return ([], CatalogOutcome.Refused);
        }
    }

    private static bool IsRefusal(CrmException failure) =>
        failure is { Failure: CrmFailure.Forbidden or CrmFailure.NotFound or CrmFailure.PaymentRequired, IsFromApi: true };

    private static AmoCrmClient For(AmoCrmClient client, CatalogReading? reading) =>
        reading is { AreLeadsReadWithProducts: true } ? client.WithProducts() : client;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {Account}: the CRM does not show the account's lists, so products are not read: {Message}.")]
        public static partial void Refused(ILogger logger, AccountId account, string message);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account}: names in list {Catalog} cannot be read: {Message}.")]
        public static partial void Unnamed(ILogger logger, AccountId account, long catalog, string message);
    }
}
