namespace AmoLtv.Sandbox.State;

/// <summary>A custom field's definition.</summary>
public sealed record CustomField
{
    public required long Id { get; init; }

    public required EntityKind Entity { get; init; }

    public required string Name { get; init; }

    /// <summary>The CRM's word: text, numeric, date, select, …</summary>
    public required string Type { get; init; }

    public string? Code { get; init; }

    public int Sort { get; init; }

    /// <summary>Users see it and cannot type into it.</summary>
    public bool IsApiOnly { get; init; }

    public bool IsPredefined { get; init; }

    public FieldItem[] Enums { get; init; } = [];

    /// <summary>Id of the integration that created it; null: the CRM itself or a user.</summary>
    public string? CreatedByIntegration { get; init; }
}
