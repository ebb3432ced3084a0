namespace AmoLtv.Host.Settings;

/// <summary>A custom field that a setting may name.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Kind"><c>number</c>, <c>date</c> or <c>text</c>.</param>
/// <param name="IsRead">Whether its values were read from the CRM already.</param>
/// <param name="IsOurs">Whether results are written into it: numbers may not be computed from it.</param>
public sealed record CatalogField(long Id, string Name, string Kind, bool IsRead, bool IsOurs);
