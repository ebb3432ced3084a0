using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Database;
using Dapper;

namespace AmoLtv.Host.Cards;

/// <summary>SQL of what stands behind a customer's numbers.</summary>
public sealed class CardLeadStore(InteractivePool pool)
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

    /// <summary>The statements that <see cref="ReadDetailAsync"/> reads the answers of, with the parameters of a card.</summary>
    public static string DetailSql { get; } = string.Join(";\n", FirstSql(isCounted: true), FirstSql(isCounted: false), RestSql);

    public static async Task<CardDetail> ReadDetailAsync(SqlMapper.GridReader answers)
    {
        var counted = (await answers.ReadAsync<CardLeadRow>()).AsList();
        var excluded = (await answers.ReadAsync<CardLeadRow>()).AsList();
        var bought = (await answers.ReadAsync<(DateOnly Day, decimal Amount)>()).AsList();
        var gaps = (await answers.ReadAsync<(string Reason, int Leads)>()).AsList();
        var remark = await answers.ReadSingleOrDefaultAsync<(DateTime WrittenAt, DateTime? ResolvedAt, string? Answer)?>();
        return new CardDetail(bought, counted, excluded, gaps, remark is { } one ? RemarkOf(one.WrittenAt, one.ResolvedAt, one.Answer) : null);
    }

    private static RemarkPart RemarkOf(DateTime writtenAt, DateTime? resolvedAt, string? answer) =>
        new(new DateTimeOffset(writtenAt), resolvedAt is { } moment ? new DateTimeOffset(moment) : null, answer);

    /// <summary>Some leads of a customer, each with the number of all; none beyond the last.</summary>
    public async Task<IReadOnlyList<CardLeadRow>> PageAsync(
        AccountId account, CardCustomer customer, bool isCounted, int skip, int take, CancellationToken cancellationToken)
    {
        await using var connection = await pool.OpenConnectionAsync(cancellationToken);
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

    /// <summary>Written out where the statement is one of several: it has parameters of its own only when it is asked alone.</summary>
    private static string FirstSql(bool isCounted) => LeadsSql
        .Replace("@Counted", isCounted ? "true" : "false", StringComparison.Ordinal)
        .Replace("@Skip", "0", StringComparison.Ordinal)
        .Replace("@Take", First.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string ReadSql(string name)
    {
        using var stream = typeof(CardLeadStore).Assembly.GetManifestResourceStream($"AmoLtv.Host.Cards.{name}.sql")
            ?? throw new InvalidOperationException($"{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
