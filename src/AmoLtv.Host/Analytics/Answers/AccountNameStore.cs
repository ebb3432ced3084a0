using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads the names that an account gives its own things, in an order of their own: the tag of an answer is made of its words.</summary>
internal sealed class AccountNameStore(NpgsqlDataSource database)
{
    public async Task<AccountNames> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var names = (await connection.QueryAsync<(string Kind, string Key, string Name)>(new CommandDefinition(
            """
            select 'pipeline', pipeline_id::text, name from pipelines where account_id = @Account
            union all
            select 'stage', pipeline_id || ':' || status_id, name from stages where account_id = @Account
            union all
            select 'reason', loss_reason_id::text, name from loss_reasons where account_id = @Account
            union all
            select 'field', case entity_type when 3 then 'company:' else 'lead:' end || field_id, name from custom_fields
            where account_id = @Account and entity_type in (2, 3)
            order by 1, 2
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken))).ToLookup(row => row.Kind);
        return new AccountNames(Of("pipeline"), Of("stage"), Of("reason"), Of("field"));

        Dictionary<string, string> Of(string kind) =>
            names[kind].DistinctBy(row => row.Key).ToDictionary(row => row.Key, row => row.Name, StringComparer.Ordinal);
    }
}
