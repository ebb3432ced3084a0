using System.Globalization;
using System.Runtime.CompilerServices;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>Shows what taking back a run would restore, by the rule that taking it back goes by.</summary>
public sealed class UndoReader(NpgsqlDataSource database)
{
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
        var verdicts = new Dictionary<string, long>(StringComparer.Ordinal);
        var cards = 0L;
        (string Card, long Id)? last = null;
        await foreach (var change in ReadAsync(account, run, null, null, cancellationToken))
        {
            verdicts[change.Verdict] = verdicts.GetValueOrDefault(change.Verdict) + 1;
            if (change.Verdict == "restore" && last != (change.Card, change.Id))
            {
                cards++;
                last = (change.Card, change.Id);
            }
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var readAt = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            "select synced_at from accounts where account_id = @Account", new { Account = account.Value }, cancellationToken: cancellationToken));
        return new UndoPreview(run, cards, verdicts, readAt);
    }

    public async Task<ListPart<UndoChange>> ListAsync(AccountId account, long run, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var found = new List<UndoChange>();
        await foreach (var change in ReadAsync(account, run, PartSize.Numbers(cursor, 3), limit + 1, cancellationToken))
        {
            found.Add(change);
        }

        return PartSize.Part(found, limit, change => string.Create(
            CultureInfo.InvariantCulture, $"{(int)CardKind.Read(change.Card)!.Value}-{change.Id}-{change.Field}"));
    }

    private async IAsyncEnumerable<UndoChange> ReadAsync(
        AccountId account, long run, long[]? at, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var zone = await AccountZone.ReadAsync(connection, account, cancellationToken);
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
            new(CardKind.Of(Entity), EntityId, CardName, FieldId, FieldName, FieldType, Held, Before, Verdict(zone));

        private string Verdict(TimeZoneInfo zone)
        {
            if (IsGone)
            {
                return "cardGone";
            }

            if (FieldType is null)
            {
                return "fieldGone";
            }

            return UndoRule.Judge(Type(FieldType), Before, After, Held, zone) switch
            {
                UndoVerdict.Restore => "restore",
                UndoVerdict.IsRestored => "alreadyRestored",
                _ => "newer",
            };
        }

        private static OutputType Type(string crmType) => crmType switch
        {
            "date" => OutputType.Date,
            "date_time" => OutputType.DateTime,
            _ => FieldFit.Fits(OutputType.Numeric, crmType) ? OutputType.Numeric : OutputType.Text,
        };
    }
}
