using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Reads the values sent for one custom field, by the field's type; what does not fit is an error with its path.</summary>
internal sealed class FieldValueReader(AccountFacts account, int? numericDecimals, List<FieldError> errors)
{
    /// <summary>Null when an error was added.</summary>
    /// <param name="path">Dotted path of the values' array.</param>
    public StoredValue[]? Read(CustomField field, JsonElement values, string path)
    {
        if (values.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (values.ValueKind != JsonValueKind.Array)
        {
            errors.Add(FieldError.InvalidType(path, "array"));
            return null;
        }

        var read = new List<StoredValue>();
        foreach (var item in values.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.{read.Count}");
            if (item.ValueKind != JsonValueKind.Object)
            {
                errors.Add(FieldError.InvalidType(at, "object"));
                return null;
            }

            if (Value(field, item, at + ".value") is not { } value)
            {
                return null;
            }

            read.Add(value);
        }

        return [.. read];
    }

    private StoredValue? Value(CustomField field, JsonElement item, string path)
    {
        if (field.Enums.Length > 0)
        {
            return Choice(field, item, path);
        }

        if (!item.TryGetProperty("value", out var value))
        {
            errors.Add(FieldError.Missing(path));
            return null;
        }

        return field.Type switch
        {
            "numeric" or "price" or "monetary" => Numeric(value, path),
            "date" or "birthday" or "date_time" => Moment(value, path, wholeDay: field.Type != "date_time"),
            "checkbox" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? new StoredValue(value.GetRawText(), ValueForm.Json) : Wrong(path, "bool"),
            "text" or "textarea" or "url" or "streetaddress" or "tracking_data" or "multitext" =>
                value.ValueKind == JsonValueKind.String ? new StoredValue(value.GetString()!) : Wrong(path, "string"),
            _ => new StoredValue(value.GetRawText(), ValueForm.Json),
        };
    }

    private StoredValue? Numeric(JsonElement value, string path)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return Wrong(path, "numeric");
        }

        if (numericDecimals is { } decimals)
        {
            number = Math.Round(number, decimals, MidpointRounding.AwayFromZero);
        }

        return new StoredValue(number.ToString("0.############################", CultureInfo.InvariantCulture));
    }

    private StoredValue? Moment(JsonElement value, string path, bool wholeDay)
    {
        DateTimeOffset moment;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && Math.Abs(seconds) < 100_000_000_000)
        {
            moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
        else if (value.ValueKind != JsonValueKind.String
            || !DateTimeOffset.TryParseExact(value.GetString(), ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment))
        {
            return Wrong(path, "timestamp or RFC3339 date");
        }

        var kept = wholeDay ? account.At(account.DayOf(moment), 0) : moment.ToUnixTimeSeconds();
        return new StoredValue(kept.ToString(CultureInfo.InvariantCulture), ValueForm.Json);
    }

    private StoredValue? Choice(CustomField field, JsonElement item, string path)
    {
        FieldItem? choice = null;
        if (item.TryGetProperty("enum_id", out var id) && id.ValueKind == JsonValueKind.Number)
        {
            choice = Array.Find(field.Enums, known => known.Id == id.GetInt64());
        }
        else if (item.TryGetProperty("enum_code", out var code))
        {
            choice = Array.Find(field.Enums, known => known.Code is not null && known.Code == code.ToString());
        }
        else if (field.Type != "multitext" && item.TryGetProperty("value", out var named))
        {
            choice = Array.Find(field.Enums, known => known.Value == named.ToString());
        }

        if (field.Type == "multitext")
        {
            // A phone or e-mail: the item of the list only says of which kind it is.
            return item.TryGetProperty("value", out var text) && text.ValueKind == JsonValueKind.String
                ? new StoredValue(text.GetString()!, ValueForm.Text, (choice ?? field.Enums[0]).Id)
                : Wrong(path, "string");
        }

        if (choice is null)
        {
            errors.Add(FieldError.NotSupportedChoice(path));
            return null;
        }

        return new StoredValue(choice.Value, ValueForm.Text, choice.Id);
    }

    private StoredValue? Wrong(string path, string type)
    {
        errors.Add(FieldError.InvalidType(path, type));
        return null;
    }
}
