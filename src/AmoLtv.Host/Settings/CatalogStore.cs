using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Reads what an account's settings may name, as it was last synced.</summary>
public sealed class CatalogStore(NpgsqlDataSource database)
{
    private const int MostChannels = 200;
    private const int LookedAtForTags = 20_000;

    public async Task<SettingsCatalog> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var fields = await ListFieldsAsync(connection, account, cancellationToken);
        return new SettingsCatalog
        {
            Pipelines = await ListPipelinesAsync(connection, account, cancellationToken),
            LeadFields = [.. fields[(short)EntityType.Lead]],
            CompanyFields = [.. fields[(short)EntityType.Company]],
            Channels = await ListChannelsAsync(connection, account, cancellationToken),
        };
    }

    /// <summary>Tags of leads, the most frequent first; of a large account those of its newest leads.</summary>
    public async Task<IReadOnlyList<string>> ListTagsAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(
            """
            select tag
            from (select tags from leads where account_id = @Account order by lead_id desc limit @LookedAtForTags) newest, unnest(tags) tag
            group by tag
            order by count(*) desc, tag
            limit @MostChannels
            """,
            new { Account = account.Value, LookedAtForTags, MostChannels },
            cancellationToken: cancellationToken))];
    }

    /// <summary>Channels that purchases have by the settings in force, the most frequent first.</summary>
    public async Task<IReadOnlyList<CatalogChannel>> ListChannelsAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ListChannelsAsync(connection, account, cancellationToken);
    }

    private static async Task<IReadOnlyList<CatalogChannel>> ListChannelsAsync(
        NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(string Name, int Purchases)>(new CommandDefinition(
            """
            select channel, count(*)::int
            from lead_verdicts
            where account_id = @Account and kind = 1 and channel is not null
            group by channel
            order by 2 desc, 1
            limit @MostChannels
            """,
            new { Account = account.Value, MostChannels },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new CatalogChannel(row.Name, row.Purchases))];
    }

    private static async Task<IReadOnlyList<CatalogPipeline>> ListPipelinesAsync(
        NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var stages = (await connection.QueryAsync<(long Pipeline, long Status, string Name, int Leads)>(new CommandDefinition(
            """
            with known as (
                select pipeline_id, status_id, name, sort from stages where account_id = @Account
                union all
                select p.pipeline_id, closed.status_id, '', 1000000 + closed.status_id
                from pipelines p
                cross join (values (142), (143)) closed (status_id)
                where p.account_id = @Account
                  and not exists (select from stages s where s.account_id = @Account and s.pipeline_id = p.pipeline_id and s.status_id = closed.status_id)
            )
            select known.pipeline_id, known.status_id, known.name, coalesce(standing.leads, 0)::int
            from known
            left join (
                select pipeline_id, status_id, count(*) as leads
                from leads
                where account_id = @Account and not is_deleted
                group by pipeline_id, status_id
            ) standing using (pipeline_id, status_id)
            order by case known.status_id when 142 then 1 when 143 then 2 else 0 end, known.sort, known.status_id
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken))).ToLookup(row => row.Pipeline, row => new CatalogStage(row.Status, row.Name, row.Leads));
        var pipelines = await connection.QueryAsync<(long Id, string Name, bool IsMain, bool IsArchive)>(new CommandDefinition(
            "select pipeline_id, name, is_main, is_archive from pipelines where account_id = @Account order by is_archive, sort, pipeline_id",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return [.. pipelines.Select(row => new CatalogPipeline(row.Id, row.Name, row.IsMain, row.IsArchive, [.. stages[row.Id]]))];
    }

    private static async Task<ILookup<short, CatalogField>> ListFieldsAsync(
        NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(short Entity, long Id, string Name, string Type, bool IsRead, bool IsOurs)>(new CommandDefinition(
            """
            select f.entity_type, f.field_id, f.name, f.type,
                   exists (select from synced_fields s
                           where s.account_id = f.account_id and s.entity_type = f.entity_type and s.field_id = f.field_id),
                   exists (select from output_fields o
                           where o.account_id = f.account_id and o.entity_type = f.entity_type and o.field_id = f.field_id)
            from custom_fields f
            where f.account_id = @Account and f.type = any(@Types)
            order by f.name, f.field_id
            """,
            new { Account = account.Value, Types = (string[])[.. AccountCatalog.Numeric, .. AccountCatalog.Dated, .. AccountCatalog.Naming] },
            cancellationToken: cancellationToken));
        return rows.ToLookup(row => row.Entity, row => new CatalogField(row.Id, row.Name, KindOf(row.Type), row.IsRead, row.IsOurs));
    }

    private static string KindOf(string type) =>
        AccountCatalog.Numeric.Contains(type) ? "number" : AccountCatalog.Dated.Contains(type) ? "date" : "text";
}
