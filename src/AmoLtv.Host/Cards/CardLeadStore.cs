using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Cards;

/// <summary>SQL of what stands behind a customer's numbers.</summary>
public sealed class CardLeadStore(NpgsqlDataSource database)
{
    /// <summary>Leads of each sort that come with the card; the others are asked for.</summary>
    public const int First = 5;

    private static readonly string LeadsSql = ReadSql("card_leads");

    private const string RestSql =
        """
        select purchase_day, sum(case when kind = 2 then -amount else amount end) as amount
        from lead_verdicts
        where account_id = @Account and (@IsCompany and company_id = @Id or not @IsCompany and contact_id = @Id)
          and reason is null and purchase_day is not null
        group by purchase_day
        order by purchase_day;

        select reason, count(*)::int as leads
        from lead_verdicts
        where account_id = @Account and (@IsCompany and company_id = @Id or not @IsCompany and contact_id = @Id)
          and reason in ('noAmount', 'noDate')
        group by reason
        order by reason;

        select written_at, resolved_at, answer
        from remarks
        where account_id = @Account and scope = @Scope and customer_id = @Id and user_id = @User
        order by remark_id desc
        limit 1
        """;

    public async Task<CardDetail> ReadAsync(Caller caller, CardCustomer customer, CancellationToken cancellationToken)
    {
        var counted = await PageAsync(caller.Account, customer, isCounted: true, 0, First, cancellationToken);
        var excluded = await PageAsync(caller.Account, customer, isCounted: false, 0, First, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var rest = await connection.QueryMultipleAsync(new CommandDefinition(
            RestSql,
            new
            {
                Account = caller.Account.Value,
                User = caller.User.Value,
                customer.Id,
                Scope = (short)customer.Scope,
                IsCompany = customer.Scope == CustomerScope.Company,
            },
            cancellationToken: cancellationToken));
        var bought = (await rest.ReadAsync<(DateOnly Day, decimal Amount)>()).AsList();
        var gaps = (await rest.ReadAsync<(string Reason, int Leads)>()).AsList();
        var remark = await rest.ReadSingleOrDefaultAsync<(DateTime WrittenAt, DateTime? ResolvedAt, string? Answer)?>();
        return new CardDetail(bought, counted, excluded, gaps, remark is { } one ? RemarkOf(one.WrittenAt, one.ResolvedAt, one.Answer) : null);
    }

    private static RemarkPart RemarkOf(DateTime writtenAt, DateTime? resolvedAt, string? answer) =>
        new(new DateTimeOffset(writtenAt), resolvedAt is { } moment ? new DateTimeOffset(moment) : null, answer);

    /// <summary>Some leads of a customer, each with the number of all; none beyond the last.</summary>
    public async Task<IReadOnlyList<CardLeadRow>> PageAsync(
        AccountId account, CardCustomer customer, bool isCounted, int skip, int take, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<CardLeadRow>(new CommandDefinition(
            LeadsSql,
            new
            {
                Account = account.Value,
                customer.Id,
                IsCompany = customer.Scope == CustomerScope.Company,
                Counted = isCounted,
                Skip = skip,
                Take = take,
            },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    private static string ReadSql(string name)
    {
        using var stream = typeof(CardLeadStore).Assembly.GetManifestResourceStream($"AmoLtv.Host.Cards.{name}.sql")
            ?? throw new InvalidOperationException($"{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
