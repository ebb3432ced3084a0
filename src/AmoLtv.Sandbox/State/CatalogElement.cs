namespace AmoLtv.Sandbox.State;

/// <summary>An element of a list; of a list of products with its article, group and price.</summary>
public sealed record CatalogElement
{
    public required long Id { get; init; }

    public required long CatalogId { get; init; }

    public required string Name { get; init; }

    public string? Sku { get; init; }

    public string? Group { get; init; }

    /// <summary>Account currency.</summary>
    public decimal? Price { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>Such an element is in no list; leads keep their links to it.</summary>
    public bool IsDeleted { get; init; }
}
