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
    private readonly List<OutputFieldRow> _lost = [];

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

            _lost.AddRange(await watch.CheckAsync(crm, run.Account, entity, unasked, cancellationToken));
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

    /// <summary>The numbers of an entity's fields that turned out to be deleted or retyped; waits for what is being asked.</summary>
    public async Task<IReadOnlySet<long>> LostOfAsync(EntityType entity, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            return _lost.Where(row => row.Entity == entity).Select(row => row.Field.Value).ToHashSet();
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();
}
