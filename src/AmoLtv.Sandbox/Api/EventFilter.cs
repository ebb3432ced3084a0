using System.Globalization;
using System.Text.RegularExpressions;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>The filters of events, which belong to no paid add-on. Lists may be comma-joined or arrays; bounds are inclusive.</summary>
internal sealed partial class EventFilter
{
    private const int HighestIds = 10;
    private readonly HashSet<string> _types;
    private readonly HashSet<string> _entities;
    private readonly HashSet<long> _ids;
    private readonly HashSet<long> _users;
    private readonly HashSet<StageAt> _left;
    private readonly HashSet<StageAt> _entered;

    private EventFilter(IQueryCollection query)
    {
        _types = Words(query, "type");
        _entities = Words(query, "entity");
        _ids = [.. Words(query, "entity_id").Select(Number)];
        _users = [.. Words(query, "created_by").Select(Number)];
        From = Words(query, "created_at", "[from]").Select(Number).DefaultIfEmpty(long.MinValue).First();
        To = Words(query, "created_at", "[to]").Select(Number).DefaultIfEmpty(long.MaxValue).First();
        _left = Stages(query, "value_before");
        _entered = Stages(query, "value_after");
        FieldId = _types.Select(type => OneField().Match(type)).FirstOrDefault(match => match.Success) is { } field
            ? long.Parse(field.Groups["id"].Value, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Unix seconds, included.</summary>
    public long From { get; }

    /// <summary>Unix seconds, included.</summary>
    public long To { get; }

    /// <summary>The types of events that may be taken, as they are kept; empty: all.</summary>
    public IReadOnlyCollection<string> Types => FieldId is null ? _types : ["custom_field_value_changed"];

    /// <summary>The one field whose changes were asked for by <c>custom_field_{ID}_value_changed</c>.</summary>
    public long? FieldId { get; }

    /// <summary>The filter, or why it is refused.</summary>
    public static (EventFilter? Filter, Answer? Refused) Read(IQueryCollection query)
    {
        var filter = new EventFilter(query);
        var complaint =
            filter._ids.Count > HighestIds ? "filter[entity_id] takes up to 10 ids."
            : filter._users.Count > HighestIds ? "filter[created_by] takes up to 10 ids."
            : filter._ids.Count > 0 && filter._entities.Count != 1 ? "filter[entity_id] needs exactly one filter[entity]."
            : filter.FieldId is not null && filter._types.Count > 1 ? "custom_field_{ID}_value_changed cannot be combined with other types."
            : null;
        return complaint is null ? (filter, null) : (null, Problem.BadRequest(complaint));
    }

    public bool Takes(in CrmEvent happened) =>
        (FieldId is { } field ? happened.Detail?.FieldId == field : _types.Count == 0 || _types.Contains(happened.Type))
        && happened.CreatedAt >= From && happened.CreatedAt <= To
        && (_entities.Count == 0 || _entities.Contains(happened.Entity.Singular()))
        && (_ids.Count == 0 || _ids.Contains(happened.EntityId))
        && (_users.Count == 0 || _users.Contains(happened.CreatedBy))
        && (_left.Count == 0 || (happened.Before is { } before && _left.Contains(before)))
        && (_entered.Count == 0 || (happened.After is { } after && _entered.Contains(after)));

    private static HashSet<string> Words(IQueryCollection query, string name, string? part = null) => query
        .Where(pair => part is null
            ? pair.Key == $"filter[{name}]" || pair.Key.StartsWith($"filter[{name}][", StringComparison.Ordinal)
            : pair.Key == $"filter[{name}]{part}")
        .SelectMany(pair => pair.Value)
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Pairs <c>filter[value_after][leads_statuses][0][pipeline_id]</c> and <c>[status_id]</c>.</summary>
    private static HashSet<StageAt> Stages(IQueryCollection query, string name)
    {
        var stages = new HashSet<StageAt>();
        for (var index = 0; ; index++)
        {
            var stage = $"filter[{name}][leads_statuses][{index.ToString(CultureInfo.InvariantCulture)}]";
            if (!query.TryGetValue(stage + "[pipeline_id]", out var pipeline) || !query.TryGetValue(stage + "[status_id]", out var status))
            {
                return stages;
            }

            stages.Add(new StageAt(Number(pipeline.ToString()), Number(status.ToString())));
        }
    }

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"^custom_field_(?<id>\d{1,18})_value_changed$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex OneField();
}
