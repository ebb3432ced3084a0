using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>What the cards that a run stored point to, and what points to them.</summary>
internal sealed class LooseEndStore(NpgsqlDataSource database)
{
    /// <summary>Other cards that a merge may have taken in are looked for among so many.</summary>
    private const int MostCandidates = 200;

    // Runs after the last reading that came to its end: what one that was cut off stored has its ends loose still.
    private const string SinceSettled =
        """
        > (select coalesce(max(s.run_id), 0) from run_steps s
           where s.account_id = @Account and s.step in ('sync', 'sync-changes') and s.status = 'finished' and s.run_id < @Run)
        """;

    /// <summary>Companies that leads and contacts changed since the last settled reading name and nobody has stored.</summary>
    public Task<IReadOnlyList<long>> UnknownCompaniesAsync(RunContext run, CancellationToken cancellationToken) => ListAsync(
        $"""
        select distinct named.company_id
        from (
            select company_id from leads where account_id = @Account and changed_run {SinceSettled} and not is_deleted
            union
            select company_id from contacts where account_id = @Account and changed_run {SinceSettled} and not is_deleted
        ) named
        where named.company_id is not null
          and not exists (select from companies c where c.account_id = @Account and c.company_id = named.company_id)
        """,
        run, ids: null, cancellationToken);

    /// <summary>Main contacts that leads changed since the last settled reading name and nobody has stored.</summary>
    public Task<IReadOnlyList<long>> UnknownContactsAsync(RunContext run, CancellationToken cancellationToken) => ListAsync(
        $"""
        select distinct l.main_contact_id
        from leads l
        where l.account_id = @Account and l.changed_run {SinceSettled} and not l.is_deleted and l.main_contact_id is not null
          and not exists (select from contacts c where c.account_id = @Account and c.contact_id = l.main_contact_id)
        """,
        run, ids: null, cancellationToken);

    /// <summary>Leads of companies and contacts found deleted since the last settled reading: a merge has given them to another.</summary>
    public Task<IReadOnlyList<long>> OrphanedLeadsAsync(RunContext run, CancellationToken cancellationToken) => ListAsync(
        $"""
        select l.lead_id
        from companies c
        join leads l on l.account_id = c.account_id and l.company_id = c.company_id
        where c.account_id = @Account and c.changed_run {SinceSettled} and c.is_deleted and not l.is_deleted
        union
        select l.lead_id
        from contacts c
        join leads l on l.account_id = c.account_id and l.main_contact_id = c.contact_id
        where c.account_id = @Account and c.changed_run {SinceSettled} and c.is_deleted and not l.is_deleted
        """,
        run, ids: null, cancellationToken);

    /// <summary>Contacts of companies found deleted since the last settled reading.</summary>
    public Task<IReadOnlyList<long>> OrphanedContactsAsync(RunContext run, CancellationToken cancellationToken) => ListAsync(
        $"""
        select contact.contact_id
        from companies c
        join contacts contact on contact.account_id = c.account_id and contact.company_id = c.company_id
        where c.account_id = @Account and c.changed_run {SinceSettled} and c.is_deleted and not contact.is_deleted
        """,
        run, ids: null, cancellationToken);

    /// <summary>Living leads that are stored under companies or contacts.</summary>
    public Task<IReadOnlyList<long>> LeadsOfAsync(RunContext run, EntityType entity, IReadOnlyCollection<long> owners, CancellationToken cancellationToken) => ListAsync(
        $"select lead_id from leads where account_id = @Account and {OwnerColumn(entity)} = any(@Ids) and not is_deleted",
        run, owners, cancellationToken);

    /// <summary>Of contacts, those that are not stored under a company.</summary>
    public async Task<IReadOnlyList<long>> ContactsElsewhereAsync(
        RunContext run, long company, IReadOnlyCollection<long> contacts, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>(new CommandDefinition(
            """
            select contact_id from contacts
            where account_id = @Account and contact_id = any(@Ids) and company_id is distinct from @Company and not is_deleted
            """,
            new { Account = run.Account.Value, Ids = contacts.ToArray(), Company = company }, cancellationToken: cancellationToken))];
    }

    /// <summary>Companies or contacts that hold values of ours and have no lead any more: those a merge may have taken in.</summary>
    public Task<IReadOnlyList<long>> EmptiedAsync(RunContext run, EntityType entity, CancellationToken cancellationToken)
    {
        var (table, id) = entity == EntityType.Company ? ("companies", "company_id") : ("contacts", "contact_id");
        return ListAsync(
            $"""
            select c.{id}
            from {table} c
            where c.account_id = @Account and not c.is_deleted
              and c.fields ?| (select array_agg(o.field_id::text) from output_fields o where o.account_id = @Account and o.entity_type = {(short)entity})
              and not exists (select from leads l where l.account_id = c.account_id and l.{OwnerColumn(entity)} = c.{id} and not l.is_deleted)
            order by 1
            limit {MostCandidates}
            """,
            run, ids: null, cancellationToken);
    }

    /// <summary>Other living leads of the companies and main contacts of leads: those a merge may have taken in.</summary>
    public Task<IReadOnlyList<long>> SiblingsAsync(RunContext run, IReadOnlyCollection<long> leads, CancellationToken cancellationToken) => ListAsync(
        $"""
        select other.lead_id
        from leads survivor
        join leads other on other.account_id = survivor.account_id and other.company_id = survivor.company_id
        where survivor.account_id = @Account and survivor.lead_id = any(@Ids) and other.lead_id <> all(@Ids) and not other.is_deleted
        union
        select other.lead_id
        from leads survivor
        join leads other on other.account_id = survivor.account_id and other.main_contact_id = survivor.main_contact_id
        where survivor.account_id = @Account and survivor.lead_id = any(@Ids) and other.lead_id <> all(@Ids) and not other.is_deleted
        order by 1 desc
        limit {MostCandidates}
        """,
        run, leads, cancellationToken);

    private static string OwnerColumn(EntityType entity) => entity == EntityType.Company ? "company_id" : "main_contact_id";

    private async Task<IReadOnlyList<long>> ListAsync(string sql, RunContext run, IReadOnlyCollection<long>? ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>(new CommandDefinition(
            sql, new { Account = run.Account.Value, Run = run.Run.Value, Ids = ids?.ToArray() ?? [] }, cancellationToken: cancellationToken))];
    }
}
