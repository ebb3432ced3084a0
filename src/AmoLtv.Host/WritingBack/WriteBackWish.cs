using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.WritingBack;

/// <summary>Which numbers a person wants written.</summary>
/// <param name="Customers">On companies and contacts; empty: none.</param>
/// <param name="Leads">On open leads; empty: none.</param>
/// <param name="Seen">As <see cref="WriteBackDocument.Seen"/> was; a look at what would be done needs none.</param>
public sealed record WriteBackWish(IReadOnlyList<string> Customers, IReadOnlyList<string> Leads, string? Seen)
{
    /// <exception cref="CommandFailedException">A name is none of the numbers.</exception>
    public FieldSelection ToSelection()
    {
        var unknown = (Customers ?? []).Except(OutputFields.All.Select(output => output.Output), StringComparer.Ordinal)
            .Concat((Leads ?? []).Except(OutputFields.OfLeads.Select(output => output.Output), StringComparer.Ordinal))
            .FirstOrDefault();
        return unknown is null
            ? new FieldSelection(Customers ?? [], Leads ?? [])
            : throw new CommandFailedException($"'{unknown}' is no number that can be written there.");
    }
}
