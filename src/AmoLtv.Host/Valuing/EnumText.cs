using System.Collections.Concurrent;
using System.Text.Json;

namespace AmoLtv.Host.Valuing;

/// <summary>Kinds and reasons as the tables hold them: their names in camelCase.</summary>
internal static class EnumText
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Words<TEnum>.Texts.GetOrAdd(value, static known => JsonNamingPolicy.CamelCase.ConvertName(known.ToString()));

    public static TEnum Read<TEnum>(string text)
        where TEnum : struct, Enum => Words<TEnum>.Values.GetOrAdd(text, static known => Enum.Parse<TEnum>(known, ignoreCase: true));

    /// <summary>Each word is made once: a hundred thousand rows have the same few.</summary>
    private static class Words<TEnum>
        where TEnum : struct, Enum
    {
        public static ConcurrentDictionary<TEnum, string> Texts { get; } = [];

        public static ConcurrentDictionary<string, TEnum> Values { get; } = new(StringComparer.Ordinal);
    }
}
