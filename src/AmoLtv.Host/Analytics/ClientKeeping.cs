using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Keeps the list of clients: only rows that differ are written.</summary>
internal static class ClientKeeping
{
    // The collation says whose capitals are taken: a database made with the C locale knows those of Latin alone.
    private static readonly string Sql =
        $"""
        analyze staged_clients;

        insert into analysed_clients (
            account_id, scope, customer_id, {ClientColumns.Names}, search,
            responsible_user_id, value, channel_key, next_tier, missing, traits, bought, digest, products_digest)
        select @Account, value.scope, value.customer_id, {ClientColumns.Expressions}, lower(coalesce(company.name, '') collate "und-x-icu"),
               staged.responsible_user_id, staged.value, staged.channel_key, staged.next_tier, staged.missing, staged.traits::jsonb,
               staged.bought, staged.found # {ClientColumns.Digest}, staged.products_digest
        from staged_clients staged
        join customer_values value on value.account_id = @Account and value.scope = staged.scope and value.customer_id = staged.customer_id
        left join companies company on value.scope = 1 and company.account_id = @Account and company.company_id = value.customer_id
        """;

    /// <summary>Within the caller's transaction.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, AnalysedBase analysed, ClientDigests digests, ClientDifferences differences, CancellationToken cancellationToken)
    {
        var account = analysed.Account.Id.Value;
        await DeleteAsync(connection, "analysed_clients", account, differences.OldRows, cancellationToken);
        if (differences.Rows.Count == 0)
        {
            return;
        }

        await StageAsync(connection, analysed, digests, differences.Rows, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Sql, new { Account = account }, commandTimeout: AnalysisSaving.TimeoutSeconds, cancellationToken: cancellationToken));
    }

    /// <summary>Deletes rows of these clients.</summary>
    internal static async Task DeleteAsync(
        NpgsqlConnection connection, string table, long account, List<CustomerKey> clients, CancellationToken cancellationToken)
    {
        if (clients.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"""
                delete from {table} kept
                using unnest(@Scopes, @Clients) gone (scope, customer_id)
                where kept.account_id = @account and kept.scope = gone.scope and kept.customer_id = gone.customer_id
                """,
                new { account, Scopes = clients.ConvertAll(client => (short)client.Scope).ToArray(), Clients = clients.ConvertAll(client => client.Id).ToArray() },
                commandTimeout: AnalysisSaving.TimeoutSeconds, cancellationToken: cancellationToken));
        }
    }

    private static async Task StageAsync(
        NpgsqlConnection connection, AnalysedBase analysed, ClientDigests digests, List<int> places, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            create temporary table staged_clients (
                scope smallint not null, customer_id bigint not null, responsible_user_id bigint, value numeric(18, 2) not null,
                channel_key text, next_tier text, missing numeric(18, 2), traits text not null, bought datemultirange not null, found bigint not null,
                products_digest bigint not null) on commit drop
            """,
            cancellationToken: cancellationToken));
        var days = DaysOf(analysed, places);
        await using var stream = await connection.BeginRawBinaryCopyAsync("copy staged_clients from stdin (format binary)", cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var place in places)
        {
            var client = analysed.Clients[place];
            var (tier, missing) = digests.Near(client.Key);
            await rows.StartRowAsync(11, cancellationToken);
            rows.Add((short?)client.Key.Scope);
            rows.Add((long?)client.Key.Id);
            rows.Add(client.Responsible?.Value);
            rows.Add((decimal?)client.Value);
            rows.Add(ChannelResults.KeyOf(client.Valuation.Channel));
            rows.Add(tier);
            rows.Add(missing);
            rows.Add(analysed.Levels.Of(place));
            rows.Add(days[place] ?? []);
            rows.Add((long?)digests.Found(place));
            rows.Add((long?)digests.Products(place));
        }

        await rows.CompleteAsync(cancellationToken);
    }

    /// <summary>Days on which these clients bought, by place.</summary>
    private static HashSet<DateOnly>?[] DaysOf(AnalysedBase analysed, List<int> places)
    {
        var days = new HashSet<DateOnly>?[analysed.Clients.Count];
        foreach (var place in places)
        {
            days[place] = [];
        }

        foreach (var purchase in analysed.Purchases)
        {
            if (!purchase.IsCreditNote)
            {
                days[purchase.Client]?.Add(purchase.Day);
            }
        }

        return days;
    }
}
