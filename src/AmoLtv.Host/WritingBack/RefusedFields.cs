using System.Collections.Immutable;
using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>Which fields of a refused card were at fault, and whether the CRM still has them. Each field is asked about once a run.</summary>
internal sealed class RefusedFields(AmoCrmClient crm, FieldWatch watch, RunContext run) : IDisposable
{
    private const string Prefix = "custom_fields_values.";

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly HashSet<(EntityType Entity, FieldId Field)> _asked = [];

    /// <summary>Replaced as a whole: whoever sends a batch looks here without waiting for a question that is on its way.</summary>
    private volatile ImmutableList<OutputFieldRow> _lost = [];

    /// <summary>Fields that turned out to be deleted or retyped.</summary>
    public IReadOnlyList<OutputFieldRow> Lost => _lost;

    /// <summary>The places, within what was sent of a card, that the errors name; null where one of them is about the card itself.</summary>
    public static IReadOnlySet<int>? Places(IEnumerable<FieldUpdateError> errors, int sent)
    {
        var places = new HashSet<int>();
        foreach (var error in errors)
        {
            var rest = error.Path.StartsWith(Prefix, StringComparison.Ordinal) ? error.Path[Prefix.Length..] : "";
            var digits = rest.Split('.')[0];
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place >= sent)
            {
                return null;
            }

            places.Add(place);
        }

        return places;
    }

    /// <summary>Asks the CRM once about each of these fields; one that is deleted or retyped is switched off.</summary>
    public async Task AskAsync(EntityType entity, IReadOnlyCollection<FieldId> fields, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            var unasked = fields.Where(field => !_asked.Contains((entity, field))).ToHashSet();
            if (unasked.Count == 0)
            {
                return;
            }

            var lost = await watch.CheckAsync(crm, run.Account, entity, unasked, cancellationToken);
            _lost = _lost.AddRange(lost);
            foreach (var field in unasked)
            {
                _asked.Add((entity, field));
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    public bool IsLost(EntityType entity, FieldId field) => _lost.Exists(row => row.Entity == entity && row.Field == field);

    public void Dispose() => _asking.Dispose();
}
