namespace AmoLtv.Host.Exporting;

/// <summary>What an export says of one table.</summary>
/// <param name="Table">Its name; the files are <c>json/NAME.json</c> and <c>csv/NAME.csv</c>, none where there are no rows.</param>
/// <param name="Columns">Those that are in the files, in their order.</param>
/// <param name="LeftOut">Columns that are not: encrypted secrets and hashes.</param>
public sealed record ExportedTable(string Table, long Rows, IReadOnlyList<string> Columns, IReadOnlyList<string> LeftOut);
