using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>What the account has in the CRM, as last synced: settings may name only pipelines, stages and fields of it.</summary>
internal static class AccountCatalog
{
    internal static readonly string[] Numeric = ["numeric", "monetary", "price"];
    internal static readonly string[] Dated = ["date", "date_time", "birthday"];
    internal static readonly string[] Naming = ["text", "textarea", "select", "radiobutton", "tracking_data"];
    private static readonly string[] Telling = [.. Naming, .. Numeric];

    /// <summary>What the settings name and the account has not. Before the first sync nothing is known and nothing refused.</summary>
    public static async Task<IReadOnlyList<SettingError>> CheckAsync(
        NpgsqlConnection connection, AccountId account, AccountSettings settings, CancellationToken cancellationToken)
    {
        var fields = (await connection.QueryAsync<FieldRow>(new CommandDefinition(
            "select entity_type, field_id, name, type from custom_fields where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken))).ToList();
        var stages = (await connection.QueryAsync<(long Pipeline, long Status)>(new CommandDefinition(
            """
            select pipeline_id, status_id from stages where account_id = @Account
            union select pipeline_id, status_id from pipelines cross join (values (142), (143)) closed (status_id) where account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken))).Select(stage => new StageKey(new PipelineId(stage.Pipeline), new StatusId(stage.Status))).ToHashSet();
        return
        [
            .. CheckFields(settings, fields),
            .. stages.Count > 0 ? CheckStages(settings, stages) : [],
        ];
    }

    private static IEnumerable<SettingError> CheckFields(AccountSettings settings, List<FieldRow> fields)
    {
        (string Key, FieldId? Field, EntityType Entity, string[] Types)[] named =
        [
            (SettingKeys.PurchaseDateField, settings.PurchaseDateField, EntityType.Lead, Dated),
            (SettingKeys.AmountField, settings.AmountField, EntityType.Lead, Numeric),
            (SettingKeys.CostField, settings.Cost.Field, EntityType.Lead, Numeric),
            (SettingKeys.ChannelField, settings.Channel.Field, EntityType.Lead, Naming),
            (SettingKeys.CacField, settings.Cac.Field, EntityType.Company, Numeric),
            .. settings.Drivers.CompanyFields.Select(field => (SettingKeys.DriverCompanyFields, (FieldId?)field, EntityType.Company, Telling)),
            .. settings.Drivers.LeadFields.Select(field => (SettingKeys.DriverLeadFields, (FieldId?)field, EntityType.Lead, Telling)),
        ];
        foreach (var (key, field, entity, types) in named)
        {
            var candidates = fields.FindAll(row => row.EntityType == (short)entity);
            if (field is { } number && candidates.Count > 0 && !candidates.Exists(row => row.FieldId == number.Value && types.Contains(row.Type)))
            {
                var fitting = candidates.Where(row => types.Contains(row.Type)).Select(row => $"{row.FieldId} ({row.Name})");
                yield return new SettingError(
                    key,
                    $"{number} is no {types[0]} custom field of a {entity.ToString().ToLowerInvariant()} in this account",
                    string.Join(", ", fitting.DefaultIfEmpty("none, until such a field is made in the CRM")));
            }
        }
    }

    private static IEnumerable<SettingError> CheckStages(AccountSettings settings, HashSet<StageKey> stages)
    {
        var pipelines = stages.Select(stage => stage.Pipeline).ToHashSet();
        foreach (var unknown in settings.WonStages.Pipelines.Where(pipeline => !pipelines.Contains(pipeline)))
        {
            yield return new SettingError(SettingKeys.Pipelines, $"the account has no pipeline {unknown}", "all, or of " + Listed(pipelines));
        }

        (string Key, IEnumerable<StageKey> Stages)[] named =
        [
            (SettingKeys.ExtraStages, settings.WonStages.ExtraStages),
            (SettingKeys.Returns, settings.Returns.Select(entry => entry.Stage)),
        ];
        foreach (var (key, stage) in named.SelectMany(entry => entry.Stages.Select(stage => (entry.Key, stage))).Where(entry => !stages.Contains(entry.stage)))
        {
            yield return new SettingError(key, $"the account has no stage {stage}", "none, or of " + Listed(stages));
        }
    }

    private static string Listed<T>(IEnumerable<T> values) => string.Join(", ", values.Select(value => value!.ToString()).Order(StringComparer.Ordinal));

    private sealed class FieldRow
    {
        public required short EntityType { get; init; }

        public required long FieldId { get; init; }

        public required string Name { get; init; }

        public required string Type { get; init; }
    }
}
