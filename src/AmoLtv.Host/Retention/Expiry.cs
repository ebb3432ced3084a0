namespace AmoLtv.Host.Retention;

/// <summary>Rows of a table that are deleted when they are past.</summary>
/// <param name="Table">Table, whose rows bear <c>account_id</c>.</param>
/// <param name="IsPast">
/// Condition of SQL. It may name <c>@Account</c>, <c>@Run</c> (the account's newest run that began before the period, 0 where there is none)
/// and <c>@Before</c> (the period's beginning).
/// </param>
internal sealed record Expiry(string Table, string IsPast)
{
    /// <summary>Sessions of the pages and codes for them, once they have ended; of an account where nobody begins another, too.</summary>
    public static readonly IReadOnlyList<Expiry> Sessions =
    [
        new("session_codes", "expires_at < @Before"),
        new("page_sessions", "expires_at < @Before"),
    ];

    /// <summary>Before and after of written fields. What was on its way when its run ended is settled by the next one.</summary>
    public static readonly IReadOnlyList<Expiry> Fields =
    [
        new("field_writes", "run_id <= @Run and not (status = 'planned' and sent_at is not null)"),
    ];

    /// <summary>Results that were in force until a run of before the period; of the newest generation of then the rest stays, as it stood.</summary>
    public static readonly IReadOnlyList<Expiry> Results =
    [
        new(
            "customer_results",
            """
            (to_run <= @Run
             or generation < (select max(g.generation) from customer_results g where g.account_id = @Account and g.generation <= @Run))
            """),
    ];

    /// <summary>Runs and what was told or asked because of them. The account's newest numbers outlive an account that nobody values any more.</summary>
    public static readonly IReadOnlyList<Expiry> Runs =
    [
        new("account_values", "run_id <= @Run and run_id is distinct from (select max(v.run_id) from account_values v where v.account_id = @Account)"),
        new("segment_moves", "run_id <= @Run and run_id is distinct from (select max(m.run_id) from segment_moves m where m.account_id = @Account)"),
        new("run_requests", "status in ('ended', 'dropped') and asked_at < @Before"),
        new("customer_tasks", "status in ('created', 'failed', 'dropped') and coalesce(sent_at, found_at) < @Before"),
        new("notices", "status in ('sent', 'failed', 'dropped') and opened_at < @Before"),
        new("incidents", "closed_at < @Before"),
        new("undos", "run_id <= @Run"),
        new("run_steps", "run_id <= @Run and run_id is distinct from (select max(v.run_id) from account_values v where v.account_id = @Account)"),
        new("runs", "run_id <= @Run and status <> 'running' and run_id is distinct from (select max(v.run_id) from account_values v where v.account_id = @Account)"),
    ];
}
