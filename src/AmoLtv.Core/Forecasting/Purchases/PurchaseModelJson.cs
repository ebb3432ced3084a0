using System.Text.Json;
using System.Text.Json.Serialization;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>A purchase model as one flat object, its kind by name beside its parameters under their published names; the order of the properties is irrelevant.</summary>
internal sealed class PurchaseModelJson : JsonConverter<PurchaseModel>
{
    private const string KindName = "kind";

    public override PurchaseModel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        PurchaseModelKind kind = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == KindName)
            {
                kind = JsonSerializer.Deserialize<PurchaseModelKind>(ref reader, options);
            }
            else
            {
                values[name] = reader.GetDouble();
            }
        }

        return Create(kind, values);
    }

    public override void Write(Utf8JsonWriter writer, PurchaseModel value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(KindName);
        JsonSerializer.Serialize(writer, value.Kind, options);
        foreach (var parameter in value.Parameters)
        {
            writer.WriteNumber(parameter.Name, parameter.Value);
        }

        writer.WriteEndObject();
    }

    private static PurchaseModel Create(PurchaseModelKind kind, Dictionary<string, double> values)
    {
        double Of(string name) => values.TryGetValue(name, out var value) ? value : throw new JsonException($"A model of kind {kind} lacks {name}.");
        return kind switch
        {
            PurchaseModelKind.Nbd => new NbdModel(Of("r"), Of("alpha")),
            PurchaseModelKind.BgNbd or PurchaseModelKind.MbgNbd => new DropoutModel(kind, Of("r"), Of("alpha"), Of("a"), Of("b")),
            PurchaseModelKind.MbgCnbd => new DropoutModel(kind, Of("r"), Of("alpha"), Of("a"), Of("b"), (int)Of("k")),
            PurchaseModelKind.ParetoNbd => new ParetoNbdModel(Of("r"), Of("alpha"), Of("s"), Of("beta")),
            _ => throw new JsonException($"{kind} is no model of continuous time."),
        };
    }
}
