using System.Text.Json;

namespace AmoLtv.Host.Tests.Crashing;

/// <summary>Every value our custom fields ever had in the CRM, read from the sandbox's own journal of changes.</summary>
internal sealed class FieldHistory
{
    private readonly HashSet<long> _ours = [];
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>Values by card and field, in order; a value that was written again unchanged is there once.</summary>
    public IReadOnlyDictionary<string, List<string>> Values => _values;

    public static FieldHistory Read(string journal)
    {
        var history = new FieldHistory();
        using var file = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            using var change = JsonDocument.Parse(line);
            history.Add(change.RootElement.GetProperty("what").GetString()!, change.RootElement.GetProperty("is"));
        }

        return history;
    }

    private void Add(string what, JsonElement changed)
    {
        switch (what)
        {
            case "field" when changed.GetProperty("code").GetString()?.StartsWith("AMOLTV_", StringComparison.Ordinal) == true:
                _ours.Add(changed.GetProperty("id").GetInt64());
                break;
            case "company" or "contact":
                AddCard($"{what} {changed.GetProperty("id")}", changed.GetProperty("fields"));
                break;
            default:
                break;
        }
    }

    private void AddCard(string card, JsonElement fields)
    {
        foreach (var field in fields.EnumerateArray().Where(field => _ours.Contains(field.GetProperty("fieldId").GetInt64())))
        {
            var key = $"{card} field {field.GetProperty("fieldId")}";
            var value = field.GetProperty("values").ToString();
            if (!_values.TryGetValue(key, out var values))
            {
                _values[key] = [value];
            }
            else if (values[^1] != value)
            {
                values.Add(value);
            }
        }
    }
}
