namespace AmoLtv.Core.WritingBack;

/// <summary>One number that can be written back.</summary>
/// <param name="Output">Our own name of it, stable.</param>
/// <param name="Code">Code by which its custom field is found again in the CRM.</param>
/// <param name="Type">Kind of the field.</param>
/// <param name="RussianName">Name of the field in accounts of amoCRM.</param>
/// <param name="EnglishName">Name of the field in accounts of Kommo.</param>
public sealed record OutputField(string Output, string Code, OutputType Type, string RussianName, string EnglishName)
{
    /// <summary>Written only together with another field: alone it would change every night.</summary>
    public bool IsCompanion => Output == OutputFields.CalculatedAt;
}
