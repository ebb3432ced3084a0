using System.Globalization;
using System.Text.RegularExpressions;
using AmoLtv.Sandbox.State;
using Microsoft.Extensions.Primitives;

namespace AmoLtv.Sandbox.Api;

/// <summary>The paid filters of leads, companies and contacts. Bounds are inclusive; a bound that is missing is open.</summary>
internal static partial class EntityFilter
{
    /// <summary>Null when no filter was sent. Keys that the list does not know are ignored.</summary>
    public static Func<CrmEntity, bool>? Read(IQueryCollection query, EntityKind kind, SandboxState state)
    {
        var terms = query
            .Select(pair => (Match: Key().Match(pair.Key), Values: pair.Value))
            .Where(term => term.Match.Success)
            .GroupBy(term => term.Match.Groups["name"].Value, term => (Tail: term.Match.Groups["rest"].Value, term.Values))
            .Select(group => Term(group.Key, [.. group], kind, state))
            .OfType<Func<CrmEntity, bool>>()
            .ToList();
        return terms.Count == 0 ? null : entity => terms.TrueForAll(term => term(entity));
    }

    private static Func<CrmEntity, bool>? Term(string name, List<(string Tail, StringValues Values)> parts, EntityKind kind, SandboxState state) => name switch
    {
        "id" => OneOf(parts, entity => entity.Id),
        "created_by" => OneOf(parts, entity => entity.CreatedBy),
        "updated_by" => OneOf(parts, entity => entity.UpdatedBy),
        "responsible_user_id" => OneOf(parts, entity => entity.ResponsibleUserId),
        "pipeline_id" when kind == EntityKind.Leads => OneOf(parts, entity => ((Lead)entity).PipelineId),
        "name" => NameIs(parts),
        "created_at" => Between(parts, entity => entity.CreatedAt),
        "updated_at" => Between(parts, entity => entity.UpdatedAt),
        "closed_at" when kind == EntityKind.Leads => Between(parts, entity => ((Lead)entity).ClosedAt),
        "price" when kind == EntityKind.Leads => Between(parts, entity => ((Lead)entity).Price),
        "statuses" when kind == EntityKind.Leads => AtStages(parts),
        "custom_fields_values" => FieldHolds(parts, state),
        _ => null,
    };

    private static Func<CrmEntity, bool> OneOf(List<(string Tail, StringValues Values)> parts, Func<CrmEntity, long> of)
    {
        var wanted = parts.SelectMany(part => part.Values).Select(text => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1).ToHashSet();
        return entity => wanted.Contains(of(entity));
    }

    private static Func<CrmEntity, bool> NameIs(List<(string Tail, StringValues Values)> parts)
    {
        var wanted = parts.SelectMany(part => part.Values).ToHashSet(StringComparer.Ordinal);
        return entity => wanted.Contains(entity.Name);
    }

    private static Func<CrmEntity, bool> Between(List<(string Tail, StringValues Values)> parts, Func<CrmEntity, decimal?> of)
    {
        if (parts.Exists(part => part.Tail.Length == 0))
        {
            return _ => false; // A bare filter[updated_at]=N finds nothing in the real CRM.
        }

        var from = Bound(parts, "[from]") ?? decimal.MinValue;
        var to = Bound(parts, "[to]") ?? decimal.MaxValue;
        return entity => of(entity) is { } value && value >= from && value <= to;
    }

    private static decimal? Bound(List<(string Tail, StringValues Values)> parts, string which) =>
        decimal.TryParse(parts.Find(part => part.Tail == which).Values.ToString(), CultureInfo.InvariantCulture, out var bound) ? bound : null;

    private static Func<CrmEntity, bool> AtStages(List<(string Tail, StringValues Values)> parts)
    {
        // [0][pipeline_id] and [0][status_id] belong together; a pair with one of them missing matches nothing.
        var stages = parts
            .Select(part => (Match: Pair().Match(part.Tail), Value: part.Values.ToString()))
            .Where(part => part.Match.Success)
            .GroupBy(part => part.Match.Groups["place"].Value, part => (What: part.Match.Groups["what"].Value, part.Value))
            .Select(pair => pair.ToDictionary(half => half.What, half => long.TryParse(half.Value, CultureInfo.InvariantCulture, out var id) ? id : -1))
            .Where(pair => pair.Count == 2)
            .Select(pair => new StageAt(pair["pipeline_id"], pair["status_id"]))
            .ToHashSet();
        return entity => entity is Lead lead && stages.Contains(new StageAt(lead.PipelineId, lead.StatusId));
    }

    private static Func<CrmEntity, bool>? FieldHolds(List<(string Tail, StringValues Values)> parts, SandboxState state)
    {
        var id = FieldPart().Match(parts[0].Tail);
        if (!id.Success || state.Field(long.Parse(id.Groups["id"].Value, CultureInfo.InvariantCulture)) is not { } field)
        {
            return null;
        }

        var from = Range(parts, "[from]");
        var to = Range(parts, "[to]");
        if (from is not null || to is not null)
        {
            return entity => entity.Field(field.Id) is { } held && decimal.TryParse(held.Values[0].Text, CultureInfo.InvariantCulture, out var value)
                && value >= (from ?? decimal.MinValue) && value <= (to ?? decimal.MaxValue);
        }

        var wanted = parts.SelectMany(part => part.Values).ToHashSet(StringComparer.Ordinal);
        return entity => entity.Field(field.Id) is { } held && held.Values.Any(value =>
            wanted.Contains(value.EnumId is { } item ? item.ToString(CultureInfo.InvariantCulture) : value.Text == "true" ? "1" : value.Text == "false" ? "0" : value.Text));
    }

    private static decimal? Range(List<(string Tail, StringValues Values)> parts, string which) =>
        parts.Find(part => part.Tail.EndsWith(which, StringComparison.Ordinal)).Values.ToString() is { Length: > 0 } text
        && decimal.TryParse(text, CultureInfo.InvariantCulture, out var bound) ? bound : null;

    [GeneratedRegex(@"^filter\[(?<name>\w+)\](?<rest>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\[(?<place>\d+)\]\[(?<what>pipeline_id|status_id)\]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pair();

    [GeneratedRegex(@"^\[(?<id>\d+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex FieldPart();
}
