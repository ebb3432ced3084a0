using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>What a new result of a customer is compared with: its row in force.</summary>
/// <param name="Figures">As the row has them.</param>
/// <param name="Segments">Null for a contact of a company, and for a row older than segments are.</param>
/// <param name="FromRun">The run that wrote the row.</param>
/// <param name="Digest">Of all that was computed but segments and bridge.</param>
internal sealed record StoredResult(CustomerFigures Figures, StoredSegments? Segments, long FromRun, long Digest);
