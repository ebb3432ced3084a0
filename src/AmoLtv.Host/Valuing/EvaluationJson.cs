using System.Buffers;
using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Writes records as <see cref="Core.Settings.SettingsJson"/> does, by walking through their properties: a command that writes one
/// document would spend more time on the serializer's preparations than on the document.
/// </summary>
internal static class EvaluationJson
{
    // Names as they are read: a plus sign is not escaped, nothing of this goes into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line: properties in camelCase in the order they are declared, kinds by name in camelCase, dates as YYYY-MM-DD. A double that is not finite is an <see cref="ArgumentException"/>.</summary>
    public static string Write(object document)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Options))
        {
            Write(writer, document);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case DateOnly day: writer.WriteStringValue(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)); break;
            case Enum kind: writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())); break;
            case IDictionary entries: WriteEntries(writer, entries); break;
            case IEnumerable items: WriteItems(writer, items); break;
            default: WriteProperties(writer, value); break;
        }
    }

    private static void WriteEntries(Utf8JsonWriter writer, IDictionary entries)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in entries)
        {
            writer.WritePropertyName(entry.Key is Enum kind ? JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) : (string)entry.Key);
            Write(writer, entry.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartObject();
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            writer.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            Write(writer, property.GetValue(value));
        }

        writer.WriteEndObject();
    }
}
