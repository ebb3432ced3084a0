namespace AmoLtv.Sandbox.State;

/// <summary>An element of a list that is linked to a lead.</summary>
/// <param name="PriceId">The price field chosen; null where the list has none.</param>
public readonly record struct LinkedElement(long CatalogId, long ElementId, decimal Quantity, long? PriceId);
