using System.Text.Json;
using System.Text.Json.Serialization;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>Settings as JSON: camelCase, kinds by name, ids as numbers; a missing property has its default.</summary>
public static class SettingsJson
{
    /// <summary>How AmoLtv's own records are written: also the account's numbers.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    public static string Write(AccountSettings settings) => JsonSerializer.Serialize(settings, Options);

    /// <exception cref="JsonException">The text is no JSON of settings.</exception>
    public static AccountSettings Read(string json) =>
        JsonSerializer.Deserialize<AccountSettings>(json, Options) ?? throw new JsonException("Settings are null.");

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectNullableAnnotations = true,

            // A database's JSON does not keep the order of properties: a type's name may come after them.
            AllowOutOfOrderMetadataProperties = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new IdConverter<PipelineId>(value => new PipelineId(value), id => id.Value));
        options.Converters.Add(new IdConverter<StatusId>(value => new StatusId(value), id => id.Value));
        options.Converters.Add(new IdConverter<FieldId>(value => new FieldId(value), id => id.Value));
        options.Converters.Add(new IdConverter<UserId>(value => new UserId(value), id => id.Value));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class IdConverter<T>(Func<long, T> create, Func<T, long> number) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => create(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(number(value));
    }
}
