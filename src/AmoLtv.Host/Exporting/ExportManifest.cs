namespace AmoLtv.Host.Exporting;

/// <summary>The file <c>manifest.json</c> of an export: written last, so that an export without it is not whole.</summary>
/// <param name="Account">Number of the account.</param>
/// <param name="TakenAt">The moment all rows are of, by the database's clock.</param>
/// <param name="SchemaVersion">Number of the newest migration of the database.</param>
/// <param name="LeftOutBecause">Why columns are left out.</param>
/// <param name="Tables">Every table that holds rows of accounts, those without rows of this one too.</param>
public sealed record ExportManifest(
    long Account, DateTimeOffset TakenAt, int SchemaVersion, string LeftOutBecause, IReadOnlyList<ExportedTable> Tables);
