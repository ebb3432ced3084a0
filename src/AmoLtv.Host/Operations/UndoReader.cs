using System.Globalization;
using System.Runtime.CompilerServices;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Settings;
using Dapper;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Shows what taking back a run would restore, by the rule that taking it back goes by.</summary>
public sealed class UndoReader(NpgsqlDataSource database, AccountZone zones) : IDisposable
{
    private const int MostKept = 200;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _summaries = new(new MemoryCacheOptions { SizeLimit = MostKept });

    private const string Cards =
        """
        select w.entity, w.fields, w.befores, w.afters, coalesce(c.fields, p.fields, l.fields)::text as held,
               coalesce(c.is_deleted, p.is_deleted, l.is_deleted, true) as is_gone
        from (
            select entity_type::int as entity, entity_id, array_agg(field_id) as fields, array_agg(before) as befores, array_agg(after) as afters
            from field_writes
            where account_id = @Account and run_id = @Run and status = 'confirmed'
            group by entity_type, entity_id) w
        left join companies c on w.entity = 3 and c.account_id = @Account and c.company_id = w.entity_id
        left join contacts p on w.entity = 1 and p.account_id = @Account and p.contact_id = w.entity_id
        left join leads l on w.entity = 2 and l.account_id = @Account and l.lead_id = w.entity_id
        """;

    private const string Selection =
        """
        select w.entity_type::int as entity, w.entity_id, nullif(c.name, '') as card_name, w.field_id, f.name as field_name, f.type as field_type,
               w.before, w.after, coalesce(c.fields, p.fields, l.fields) ->> w.field_id::text as held,
               coalesce(c.is_deleted, p.is_deleted, l.is_deleted, true) as is_gone
        from field_writes w
        left join companies c on w.entity_type = 3 and c.account_id = w.account_id and c.company_id = w.entity_id
        left join contacts p on w.entity_type = 1 and p.account_id = w.account_id and p.contact_id = w.entity_id
        left join leads l on w.entity_type = 2 and l.account_id = w.account_id and l.lead_id = w.entity_id
        left join custom_fields f on f.account_id = w.account_id and f.entity_type = w.entity_type and f.field_id = w.field_id
        where w.account_id = @Account and w.run_id = @Run and w.status = 'confirmed'
          and (w.entity_type, w.entity_id, w.field_id) < (@AtEntity, @AtCard, @AtField)
        order by w.entity_type desc, w.entity_id desc, w.field_id desc
        limit @Limit
        """;

    public async Task<UndoPreview> SummaryAsync(AccountId account, long run, CancellationToken cancellationToken)
    {
        var (state, readAt) = await StateAsync(account, cancellationToken);
        var key = (account, run, state);
        if (_summaries.TryGetValue(key, out UndoPreview? known))
        {
            return known!;
        }

        var made = await SumUpAsync(account, run, readAt, cancellationToken);
        return _summaries.Set(key, made, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = KeptFor, Size = 1 });
    }

    public void Dispose() => _summaries.Dispose();

    public async Task<Paged<UndoChange>> ListAsync(AccountId account, long run, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var found = new List<UndoChange>();
        await foreach (var change in ReadAsync(account, run, PageSize.Numbers(cursor, 3), limit + 1, cancellationToken))
        {
            found.Add(change);
        }

        return PageSize.Page(found, limit, change => string.Create(
            CultureInfo.InvariantCulture, $"{(int)CardKind.Read(change.Card)!.Value}-{change.Id}-{change.Field}"));
    }

    /// <summary>What a summary hangs on: as long as nothing was read and no run has begun, it stays as it is.</summary>
    private async Task<(string State, DateTime? ReadAt)> StateAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(string State, DateTime? ReadAt)>(new CommandDefinition(
            """
            select concat_ws('|', a.synced_at, follow.followed_at, (
                select concat(r.run_id, r.status) from runs r where r.account_id = a.account_id order by r.run_id desc limit 1)), a.synced_at
            from accounts a
            left join change_follows follow on follow.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }

    private async Task<UndoPreview> SumUpAsync(AccountId account, long run, DateTime? readAt, CancellationToken cancellationToken)
    {
        var zone = await zones.ReadAsync(account, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var types = (await connection.QueryAsync<(short Entity, long Field, string Type)>(new CommandDefinition(
            "select entity_type, field_id, type from custom_fields where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken))).ToDictionary(row => ((int)row.Entity, row.Field), row => row.Type);
        var verdicts = new Dictionary<string, long>(StringComparer.Ordinal);
        var cards = 0L;
        // A card's fields are unpacked once, however many of them the run wrote.
        await foreach (var card in connection.QueryUnbufferedAsync<UndoCard>(Cards, new { Account = account.Value, Run = run }).WithCancellation(cancellationToken))
        {
            var found = card.Judge(types, zone);
            foreach (var verdict in found)
            {
                verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            }

            cards += found.Contains(UndoCard.Restore) ? 1 : 0;
        }

        return new UndoPreview(run, cards, verdicts, readAt);
    }

    private async IAsyncEnumerable<UndoChange> ReadAsync(
        AccountId account, long run, long[]? at, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var zone = await zones.ReadAsync(account, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = connection.QueryUnbufferedAsync<UndoRow>(Selection, new
        {
            Account = account.Value,
            Run = run,
            AtEntity = (short)Math.Min(at?[0] ?? short.MaxValue, short.MaxValue),
            AtCard = at?[1] ?? long.MaxValue,
            AtField = at?[2] ?? long.MaxValue,
            Limit = (long)(limit ?? int.MaxValue),
        });
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return row.Read(zone);
        }
    }

    private sealed class UndoRow
    {
        public required int Entity { get; init; }

        public required long EntityId { get; init; }

        public string? CardName { get; init; }

        public required long FieldId { get; init; }

        public string? FieldName { get; init; }

        public string? FieldType { get; init; }

        public string? Before { get; init; }

        public string? After { get; init; }

        public string? Held { get; init; }

        public bool IsGone { get; init; }

        public UndoChange Read(TimeZoneInfo zone) =>
            new(CardKind.Of(Entity), EntityId, CardName, FieldId, FieldName, FieldType, Held, Before, UndoCard.Verdict(IsGone, FieldType, Before, After, Held, zone));
    }
}
