using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Cards;

/// <summary>SQL of remarks.</summary>
public sealed class RemarkStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Remarks that one user may write in an hour.</summary>
    public const int MostAnHour = 10;

    /// <summary>Keeps a remark with the number it is about; false where the user has written too many within the hour.</summary>
    public async Task<bool> AddAsync(Caller caller, CardCustomer customer, string text, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var of = new
        {
            Account = caller.Account.Value,
            User = caller.User.Value,
            Scope = (short)customer.Scope,
            customer.Id,
            text,
            Now = time.GetUtcNow(),
            Since = time.GetUtcNow().AddHours(-1),
            Most = MostAnHour,
        };
        // One after the other for a user: else ten windows would each count the other nine as not yet written.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended('remarks ' || @Account || ' ' || @User, 0))", of, transaction, cancellationToken: cancellationToken));
        var added = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into remarks (account_id, scope, customer_id, user_id, text, ltv, as_of, written_at)
            select @Account, @Scope, @Id, @User, @text,
                   (select ltv from customer_values where account_id = @Account and scope = @Scope and customer_id = @Id),
                   (select as_of from account_values where account_id = @Account order by run_id desc limit 1),
                   @Now
            where (select count(*) from remarks where account_id = @Account and user_id = @User and written_at > @Since) < @Most
            """,
            of,
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return added > 0;
    }

    /// <summary>Remarks, the newest first.</summary>
    /// <param name="isOpen">Only those that wait, only those that do not, or both where null.</param>
    /// <param name="before">Only older ones than this.</param>
    public async Task<IReadOnlyList<InboxRemark>> ListAsync(
        AccountId account, bool? isOpen, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<InboxRemark>(new CommandDefinition(
            """
            select r.remark_id as id, case r.scope when 1 then 'companies' else 'contacts' end as entity, r.customer_id as entity_id,
                   company.name as company, r.user_id, r.text, r.ltv as ltv_then, v.ltv as ltv_now, r.as_of, r.written_at,
                   r.resolved_at, r.resolved_by, r.answer
            from remarks r
            left join companies company on r.scope = 1 and company.account_id = r.account_id and company.company_id = r.customer_id
            left join customer_values v on v.account_id = r.account_id and v.scope = r.scope and v.customer_id = r.customer_id
            where r.account_id = @Account and (@before::bigint is null or r.remark_id < @before)
              and (@isOpen::boolean is null or (r.resolved_at is null) = @isOpen)
            order by r.remark_id desc
            limit @limit
            """,
            new { Account = account.Value, isOpen, before, limit },
            cancellationToken: cancellationToken));
        return rows.AsList();
    }

    public async Task<int> CountOpenAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::int from remarks where account_id = @Account and resolved_at is null",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }

    /// <summary>Puts a remark aside, or, where <paramref name="isResolved"/> is false, back into the inbox.</summary>
    /// <returns>Whether there is such a remark; doing it twice changes nothing more.</returns>
    public async Task<bool> ResolveAsync(Caller admin, long remark, bool isResolved, string? answer, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update remarks set
                resolved_at = case when @isResolved then coalesce(resolved_at, @Now) end,
                resolved_by = case when @isResolved then coalesce(resolved_by, @User) end,
                answer = case when @isResolved then coalesce(@answer, answer) end
            where account_id = @Account and remark_id = @remark
            """,
            new { Account = admin.Account.Value, User = admin.User.Value, remark, isResolved, answer, Now = time.GetUtcNow() },
            cancellationToken: cancellationToken)) > 0;
    }
}
