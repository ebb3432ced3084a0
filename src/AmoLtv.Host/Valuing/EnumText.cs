using System.Text.Json;

namespace AmoLtv.Host.Valuing;

/// <summary>Kinds and reasons as the tables hold them: their names in camelCase.</summary>
internal static class EnumText
{
    public static string Of(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static TEnum Read<TEnum>(string text)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(text, ignoreCase: true);
}
