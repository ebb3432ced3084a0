using System.Globalization;
using System.Runtime.CompilerServices;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Streams the leads of an account: one at a time in memory, however many there are.</summary>
internal sealed class LeadStore(NpgsqlDataSource database)
{
    // $3 the run up to which verdicts are known, $4 the last day that counts, $5 leads excluded by hand.
    private const string OnlyUnsettled =
        """
         and lead.lead_id = any(array(
            select lead_id from leads where account_id = $1 and changed_run > $3
            union
            select lead_id from lead_verdicts
            where account_id = $1 and reason in ('outsidePeriod', 'excludedByHand')
              and (reason = 'excludedByHand' or (kind = 0 and purchase_day <= $4))
            union
            select unnest($5::bigint[])))
        """;

    /// <summary>The leads of a scope, the deleted too, with the values of these custom fields, and the run that last changed each.</summary>
    /// <param name="account">The account.</param>
    /// <param name="scope">Which leads.</param>
    /// <param name="excludedByHand">Leads a person took out: they may have been counted until now.</param>
    /// <param name="lastDay">Purchases count up to it: they may not have been counted until now.</param>
    /// <param name="fields">The custom fields.</param>
    /// <param name="sampleOf">Only the leads of one customer in so many, as chance has it; 1: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<(Lead Lead, RunId ChangedRun)> StreamAsync(
        AccountId account,
        VerdictScope scope,
        IReadOnlySet<LeadId> excludedByHand,
        DateOnly lastDay,
        IReadOnlyCollection<FieldId> fields,
        int sampleOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select
                lead.lead_id, lead.pipeline_id, lead.status_id, lead.price, lead.company_id, lead.main_contact_id,
                lead.closed_at, lead.is_deleted, lead.tags, lead.source,
                {(fields.Count > 0 ? "(select array_agg(lead.fields ->> field order by position) from unnest($2) with ordinality used (field, position))" : "null::text[]")},
                entry.pipelines, entry.statuses, entry.moments, lead.changed_run
            from leads lead
            left join (
                select lead_id, array_agg(pipeline_id) as pipelines, array_agg(status_id) as statuses, array_agg(entered_at) as moments
                from stage_entries
                where account_id = $1
                group by lead_id
            ) entry using (lead_id)
            where lead.account_id = $1{(scope.IsWhole ? "" : OnlyUnsettled)}{OnlySample(sampleOf)}
            """);
        var used = fields.ToArray();
        command.Parameters.Add(new() { Value = account.Value });
        command.Parameters.Add(new() { Value = Array.ConvertAll(used, field => field.ToString()) });
        if (!scope.IsWhole)
        {
            command.Parameters.Add(new() { Value = scope.TouchedSince.Value });
            command.Parameters.Add(new() { Value = lastDay });
            command.Parameters.Add(new() { Value = excludedByHand.Select(lead => lead.Value).ToArray() });
        }

        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return (Read(rows, used), new RunId(rows.GetInt64(14)));
        }
    }

    // Whole customers: half a history is another one. The number is ours alone.
    private static string OnlySample(int of) => of <= 1
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" and (hashint8(coalesce(lead.company_id, lead.main_contact_id, lead.lead_id)) & 2147483647) % {of} = 0");

    public async Task<long> CountAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select count(*) from leads where account_id = $1");
        command.Parameters.Add(new() { Value = account.Value });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static Lead Read(NpgsqlDataReader row, FieldId[] used)
    {
        var lead = new Lead
        {
            Id = new LeadId(row.GetInt64(0)),
            Stage = new StageKey(new PipelineId(row.GetInt64(1)), new StatusId(row.GetInt64(2))),
            Price = row.IsDBNull(3) ? null : row.GetDecimal(3),
            Company = row.IsDBNull(4) ? null : new CompanyId(row.GetInt64(4)),
            MainContact = row.IsDBNull(5) ? null : new ContactId(row.GetInt64(5)),
            ClosedAt = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
            IsDeleted = row.GetBoolean(7),
            Tags = row.GetFieldValue<string[]>(8),
            Source = row.IsDBNull(9) ? null : row.GetString(9),
        };
        return used.Length == 0 && row.IsDBNull(11) ? lead : lead with { Fields = ReadFields(row, used), Entries = ReadEntries(row) };
    }

    private static Dictionary<FieldId, string> ReadFields(NpgsqlDataReader row, FieldId[] used)
    {
        var values = new Dictionary<FieldId, string>(used.Length);
        if (used.Length > 0)
        {
            foreach (var (field, value) in used.Zip(row.GetFieldValue<string?[]>(10)).Where(pair => pair.Second is not null))
            {
                values[field] = value!;
            }
        }

        return values;
    }

    private static List<StageEntry> ReadEntries(NpgsqlDataReader row)
    {
        if (row.IsDBNull(11))
        {
            return [];
        }

        var statuses = row.GetFieldValue<long[]>(12);
        var moments = row.GetFieldValue<DateTimeOffset[]>(13);
        return [.. row.GetFieldValue<long[]>(11).Select((pipeline, index) =>
            new StageEntry(new StageKey(new PipelineId(pipeline), new StatusId(statuses[index])), moments[index]))];
    }
}
