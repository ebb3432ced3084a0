namespace AmoLtv.Core.WritingBack;

/// <summary>Which of the CRM's types of custom fields a number can be written into.</summary>
public static class FieldFit
{
    /// <summary>The type of a field that is created for it.</summary>
    public static string Created(OutputType type) => Allowed(type)[0];

    /// <summary>Every type that fits, the one for new fields first. A paid type is never created, but may exist already.</summary>
    public static IReadOnlyList<string> Allowed(OutputType type) => type switch
    {
        OutputType.Numeric => ["numeric", "monetary", "price"],
        OutputType.Text => ["text", "textarea"],
        OutputType.Date => ["date"],
        OutputType.DateTime => ["date_time"],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of output."),
    };

    /// <summary>The kind of number a field of the CRM can hold; text where it is none of theirs.</summary>
    /// <param name="crmType">The CRM's name of the field's type.</param>
    public static OutputType Held(string crmType) => Enum.GetValues<OutputType>().Where(type => Fits(type, crmType)).DefaultIfEmpty(OutputType.Text).First();

    /// <param name="type">Kind of the number.</param>
    /// <param name="crmType">The CRM's name of the field's type.</param>
    public static bool Fits(OutputType type, string crmType) => Allowed(type).Contains(crmType, StringComparer.Ordinal);
}
