using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.WritingBack;

/// <summary>Which numbers the admin wants on which cards.</summary>
/// <param name="Customers">Names of the numbers on companies and contacts; null: as before, at first all.</param>
/// <param name="Leads">Names of the numbers on leads; null: as before, at first none.</param>
public sealed record FieldSelection(IReadOnlyList<string>? Customers, IReadOnlyList<string>? Leads)
{
    /// <summary>What was chosen before; where nothing was, everything on companies and contacts and nothing on leads.</summary>
    public static FieldSelection AsBefore { get; } = new(null, null);

    /// <summary>Reads lists as people type them: names separated by commas, <c>all</c> or <c>none</c>.</summary>
    /// <exception cref="CommandFailedException">A name is none of the numbers.</exception>
    public static FieldSelection Parse(string? customers, string? leads) =>
        new(Names(customers, OutputFields.All), Names(leads, OutputFields.OfLeads));

    /// <summary>The numbers of a kind of card that are wanted.</summary>
    /// <param name="entity">The kind of card.</param>
    /// <param name="known">What is remembered of the account.</param>
    public IReadOnlyList<OutputField> Wanted(EntityType entity, IReadOnlyList<OutputFieldRow> known)
    {
        if ((entity == EntityType.Lead ? Leads : Customers) is { } named)
        {
            return [.. OutputFields.Of(entity).Where(output => named.Contains(output.Output, StringComparer.Ordinal))];
        }

        var rows = known.Where(row => row.Entity == entity).ToList();
        // A number the service did not know when write-back was enabled has no row: it is wanted, as the others were.
        return entity == EntityType.Lead
            ? [.. rows.Where(row => row.OffReason != OutputFieldStore.ByAdmin).Select(row => row.Output)]
            : [.. OutputFields.Of(entity).Where(output => !rows.Exists(row => row.Output == output && row.OffReason == OutputFieldStore.ByAdmin))];
    }

    private static List<string>? Names(string? text, IReadOnlyList<OutputField> outputs)
    {
        if (text is null)
        {
            return null;
        }

        var all = outputs.Select(output => output.Output).ToList();
        var named = text switch
        {
            "all" => all,
            "none" => [],
            _ => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
        return named.Find(name => !all.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? throw new CommandFailedException($"'{unknown}' is no number that can be written there; all, none, or some of {string.Join(", ", all)}.")
            : named;
    }
}
