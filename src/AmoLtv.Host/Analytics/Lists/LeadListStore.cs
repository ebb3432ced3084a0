using System.Data;
using System.Globalization;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>SQL of the lists of leads.</summary>
internal sealed class LeadListStore(NpgsqlDataSource database)
{
    private const string None = "-";

    private static readonly string[] NeverMissing = ["s.lead_id"];

    private static readonly Dictionary<string, (string Column, string Type)> Sorts = new(StringComparer.Ordinal)
    {
        ["id"] = ("s.lead_id", "bigint"),
        ["day"] = ("s.day", "date"),
        ["amount"] = ("s.amount", "numeric"),
        ["value"] = ("s.value", "numeric"),
    };

    /// <exception cref="BadFilterException">List, filter, order or cursor cannot be understood.</exception>
    public async Task<ListPage<LeadItem>> PageAsync(AccountId account, LeadFilter filter, ListPart part, CancellationToken cancellationToken)
    {
        var sort = SortOf(part);
        var cursor = ListCursor.Parse(part.Cursor, sort.Name);
        var condition = ConditionOf(filter, account);
        var source = SourceOf(filter);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var total = cursor is null
            ? await connection.QuerySingleAsync<ListTotal>(new CommandDefinition(
                source.Total ?? $"""
                select count(*) as "Count", coalesce(sum({source.Money}), 0)::numeric as "Value"
                from ({source.Rows}) s where true{condition.Sql}
                """,
                condition.Parameters, cancellationToken: cancellationToken))
            : null;
        if (cursor is not null)
        {
            sort.After(condition, cursor);
        }

        condition.Parameters.Add("Limit", part.Rows + 1);
        var rows = (await connection.QueryAsync<LeadItem>(new CommandDefinition(
            Sql(source, condition, sort, "limit @Limit"), condition.Parameters, cancellationToken: cancellationToken))).AsList();
        var items = rows.Take(part.Rows).ToList();
        return new ListPage<LeadItem>(
            items, rows.Count > part.Rows ? new ListCursor(sort.Name, items[^1].CursorKey, items[^1].Id, 0).ToString() : null, total);
    }

    /// <summary>The whole list, row by row; the connection is busy until the last one.</summary>
    public async IAsyncEnumerable<LeadItem> AllAsync(
        AccountId account, LeadFilter filter, ListPart part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var condition = ConditionOf(filter, account);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await foreach (var item in connection.QueryUnbufferedAsync<LeadItem>(
            Sql(SourceOf(filter), condition, SortOf(part), ""), condition.Parameters, commandType: CommandType.Text)
            .WithCancellation(cancellationToken))
        {
            yield return item;
        }
    }

    private static LeadSource SourceOf(LeadFilter filter) => LeadSource.Of(
        filter.List, !string.IsNullOrEmpty(filter.Manager) || !string.IsNullOrEmpty(filter.Stage) || !string.IsNullOrEmpty(filter.LossReason));

    private static ListSort SortOf(ListPart part) => ListSort.Parse(part.Order ?? "-id", Sorts, NeverMissing, "s.lead_id, s.tie");

    /// <summary>Names and values are looked up for the rows of one part alone.</summary>
    private static string Sql(LeadSource source, Condition condition, ListSort sort, string limit) =>
        $"""
        select s.lead_id as id, s.day, s.amount, s.value, {source.Details}.responsible_user_id as responsible,
               s.scope::int as client_scope, s.customer_id as client_id, company.name as client_name, client.value as client_value,
               pipeline.name as pipeline, stage.name as stage, reason.name as loss_reason, {sort.KeyText} as cursor_key
        from (select s.* from ({source.Rows}) s where true{condition.Sql} order by {sort.Order} {limit}) s
        {source.Join}
        left join companies company on s.scope = 1 and company.account_id = @Account and company.company_id = s.customer_id
        left join analysed_clients client on client.account_id = @Account and client.scope = s.scope and client.customer_id = s.customer_id
        left join pipelines pipeline on pipeline.account_id = @Account and pipeline.pipeline_id = {source.Details}.pipeline_id
        left join stages stage on stage.account_id = @Account and stage.pipeline_id = {source.Details}.pipeline_id and stage.status_id = {source.Details}.status_id
        left join loss_reasons reason on reason.account_id = @Account and reason.loss_reason_id = s.loss_reason_id
        order by {sort.Order}
        """;

    private static Condition ConditionOf(LeadFilter filter, AccountId account)
    {
        var condition = new Condition(account);
        Match(condition, "s.responsible_user_id", "Manager", filter.Manager);
        Match(condition, "s.loss_reason_id", "LossReason", filter.LossReason);
        if (filter.Stage == None)
        {
            condition.Add("s.status_id is null");
        }
        else if (!string.IsNullOrEmpty(filter.Stage))
        {
            if (filter.Stage.Split(':') is not [var pipeline, var status])
            {
                throw new BadFilterException($"'{filter.Stage}' is no stage; write pipeline:status.");
            }

            condition.Add("s.pipeline_id = @Pipeline and s.status_id = @Status", "Pipeline", Number(pipeline));
            condition.Parameters.Add("Status", Number(status));
        }

        return condition;
    }

    private static void Match(Condition condition, string column, string name, string? text)
    {
        if (text == None)
        {
            condition.Add($"{column} is null");
        }
        else if (!string.IsNullOrEmpty(text))
        {
            condition.Add($"{column} = @{name}", name, Number(text));
        }
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new BadFilterException($"'{text}' is no number; '-' stands for none.");
}
