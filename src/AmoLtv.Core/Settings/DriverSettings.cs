using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>Custom fields whose values may go with a higher LTV, beside what is looked at anyway; at most <see cref="MostFields"/> of a kind.</summary>
public sealed record DriverSettings
{
    public const int MostFields = 10;

    /// <summary>Select, text or numeric custom fields of the company.</summary>
    public IReadOnlyList<FieldId> CompanyFields { get; init; } = [];

    /// <summary>Select, text or numeric custom fields of the lead, read from the client's first purchase.</summary>
    public IReadOnlyList<FieldId> LeadFields { get; init; } = [];
}
